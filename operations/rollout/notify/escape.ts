/** Shows a text in Markdown as it is: no markup, no mention, no link, one line. */
export function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>()#+!|~&]/g, (character) => `&#${character.codePointAt(0)};`)
    .replaceAll("@", "@&#8203;")
    .replace(/:\/\//g, ":&#8203;//")
    .replace(/\bwww\./gi, "www&#8203;.");
}

/** A block of code in Markdown; its fence is longer than any inside. @default no language */
export function code(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Inside a comment of HTML, which two dashes would end. */
export function commented(text: string): string {
  return `<!-- ${oneLine(text).replace(/[<>]/g, "").replace(/-(?=-)/g, "- ")} -->`;
}

/** For Slack, which reads <!channel>, <@user> and <address>: three characters are all that it asks to escape. */
export function slackText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** For Grafana, which shows an annotation's text as HTML. */
export function html(text: string): string {
  return slackText(text).replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
}

/** At most `longest` UTF-16 units, no character cut in two. */
export function clipped(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
