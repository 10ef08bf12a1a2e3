/** What a page consists of, read strictly: only the tags and attributes that the report writes, all closed in order. */
export interface PageRead {
  /** Everything outside of tags, entities resolved. */
  text: string;
  headings: number[];
  addresses: string[];
  ids: string[];
  tables: { caption: string; columns: number }[];
}

const VOID = new Set(["!doctype", "meta", "rect", "line", "path"]);
const TAGS = new Set(["html", "head", "title", "style", "body", "a", "svg", "defs", "pattern", "header", "main", "footer", "nav", "section", "article", "h1", "h2", "h3", "p", "span", "div", "b", "code", "time", "ul", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "g", ...VOID]);
const ATTRIBUTE = /^([a-zA-Z0-9-]+)(?:="([^"<>]*)")?$/;

/** @throws Error where something is not what the report writes */
export function readPage(page: string): PageRead {
  const read: PageRead = { text: "", headings: [], addresses: [], ids: [], tables: [] };
  const open: string[] = [];
  const rest = page.replace(/<style>[^<]*<\/style>/, "").replace(/<[^<>]*>/g, (tag) => {
    element(tag, open, read);
    return "\u0000";
  });
  if (open.length > 0) throw new Error(`not closed: ${open.join(", ")}`);
  if (/[<>"`]/.test(rest)) throw new Error(`not escaped: ${/.{0,40}[<>"`].{0,40}/s.exec(rest)?.[0]}`);
  read.text = unescaped(rest.replaceAll("\u0000", ""));
  read.tables = [...page.matchAll(/<table[^>]*><caption>([^<]*)<\/caption>\s*<thead[^>]*>(.*?)<\/thead>/gs)].map(([, caption = "", head = ""]) => ({ caption: unescaped(caption), columns: head.split("scope=\"col\"").length - 1 }));
  return read;
}

function element(tag: string, open: string[], read: PageRead): void {
  const [, closes, name = "", attributes = "", selfClosed] = /^<(\/?)([a-z0-9!]+)((?:\s+[a-zA-Z0-9-]+(?:="[^"<>]*")?)*)(\/?)>$/.exec(tag) ?? [];
  if (!TAGS.has(name)) throw new Error(`an element that no report has: ${tag}`);
  if (closes === "/") {
    if (open.pop() !== name) throw new Error(`closed out of order: ${tag}`);
    return;
  }
  if (selfClosed !== "/" && !VOID.has(name)) open.push(name);
  const level = /^h([1-6])$/.exec(name)?.[1];
  if (level !== undefined) read.headings.push(Number(level));
  for (const attribute of attributes.match(/[a-zA-Z0-9-]+(?:="[^"]*")?/g) ?? []) {
    const [, key = "", value = ""] = ATTRIBUTE.exec(attribute) ?? [];
    if (/^(on|style$|src)/.test(key)) throw new Error(`an attribute that could act: ${attribute}`);
    if (key === "href") read.addresses.push(unescaped(value));
    if (key === "id") read.ids.push(value);
  }
}

function unescaped(text: string): string {
  return text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
