import { describe, expect, test } from "@jest/globals";
import { runInNewContext } from "node:vm";
import { linked } from "../../../operations/dashboards/link.ts";
import { pageFiles } from "../../../operations/dashboards/pageFiles.ts";

const MODULES = {
  main: 'import { double, NAME } from "./numbers.ts";\nimport { shout } from "./words.ts";\n\nexport function start({ value }) {\n  said.push(shout(`${NAME} ${double(value)}`));\n}\n',
  numbers: "const NAME_OF = 2;\nexport const NAME = \"twice\";\nexport function double(value) {\n  return value * NAME_OF;\n}\n",
  words: 'import { NAME } from "./numbers.ts";\nconst NAME_OF = "!";\nexport function shout(text) {\n  return `${text}${NAME_OF} (${NAME})`;\n}\nexport class Word {}\nexport async function later() {}\n',
};

describe("the page's linker", () => {
  test("makes one script, in which each module keeps its own names", () => {
    const said: string[] = [];
    runInNewContext(linked(MODULES, "main", "given"), { said, given: { value: 21 } });
    expect(said).toEqual(["twice 42! (twice)"]);
  });

  test.each<[string, Record<string, string>, string]>([
    ["modules that import each other", { a: 'import { b } from "./b.ts";', b: 'import { a } from "./a.ts";' }, "page: a → b → a import each other; take one of these imports away"],
    ["an import of nothing", { a: 'import { b } from "./b.ts";' }, "page/b.ts: is imported and is not there; add it"],
    ["a whole module", { a: 'import * as b from "./b.ts";', b: "" }, 'page/a.ts: has a line that the page\'s linker does not know, got "import * as b from "./b.ts";"; import { names } from "./file.ts" on one line, export function, const or class'],
    ["a default", { a: "export default 1;" }, 'page/a.ts: has a line that the page\'s linker does not know, got "export default 1;"; import { names } from "./file.ts" on one line, export function, const or class'],
  ])("refuses %s", (_, modules, message) => {
    expect(() => linked(modules, "a", "{}")).toThrow(new Error(message));
  });
});

describe("the page", () => {
  test("is whole: each file that it names is there, its scripts can be read, and no text ends its data early", async () => {
    const files = await pageFiles({ stack: "</script><b>", prometheus: "", scrape: 15_000, dashboards: [] });
    const named = [...(files["index.html"] ?? "").matchAll(/(?:src|href)="(page\/[^"]+)"/g)].map(([, path = ""]) => path);
    expect(named.sort()).toEqual(Object.keys(files).filter((path) => path !== "index.html").sort());
    expect(files["page/dashboards.js"]).toBe('globalThis.slipway = {"stack":"\\u003c/script>\\u003cb>","prometheus":"","scrape":15000,"dashboards":[]};\n');
    expect(() => new Function(files["page/page.js"] ?? "syntax error")).not.toThrow();
    expect(files["page/page.js"]).not.toMatch(/^\s*(?:import|export|interface|type) /m);
  });
});
