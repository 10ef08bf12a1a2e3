import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { command } from "../../toolchain/command.ts";
import { linked } from "./link.ts";
import type { PageData } from "./page/documents.ts";

/** Files by their path in the folder. */
export type Files = Readonly<Record<string, string>>;

const PAGE = join(import.meta.dirname, "page");
/** Where a script of the page finds its data. */
const DATA = "globalThis.slipway";

/** The page that draws the dashboards, whole: it asks nobody but Prometheus. @throws Error when the page's own sources cannot be read */
export async function pageFiles(data: PageData): Promise<Files> {
  const uplot = dirname(createRequire(import.meta.url).resolve("uplot/dist/uPlot.min.css"));
  return {
    "index.html": readFileSync(join(PAGE, "index.html"), "utf8"),
    "page/dashboards.js": `${DATA} = ${JSON.stringify(data).replaceAll("<", "\\u003c")};\n`,
    "page/page.css": readFileSync(join(PAGE, "page.css"), "utf8"),
    "page/page.js": linked(await scripts(), "main", DATA),
    "page/uplot.css": readFileSync(join(uplot, "uPlot.min.css"), "utf8"),
    "page/uplot.js": readFileSync(join(uplot, "uPlot.iife.min.js"), "utf8"),
  };
}

/** The page's modules without their types, by name. */
async function scripts(): Promise<Record<string, string>> {
  const paths = readdirSync(PAGE).filter((name) => name.endsWith(".ts")).map((name) => join(PAGE, name));
  const { code, stderr, stdout } = await command(process.execPath, ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "strip.ts"), ...paths]);
  if (code !== 0) throw new Error(`page: cannot be made, got "${stderr.trim()}"; run npm ci`);
  const texts: string[] = JSON.parse(stdout);
  return Object.fromEntries(texts.map((text, index) => [basename(paths[index] ?? "", ".ts"), text]));
}
