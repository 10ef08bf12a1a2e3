import { dirname, join } from "node:path";
import { command } from "./command.ts";
import { judgeInCache } from "./judges.ts";
import { judges, sources } from "./judgeSources.ts";
import { outdated } from "./packages.mjs";
import { root } from "./paths.ts";
import { folderOf, pulumiInCache, pulumiOnPath } from "./search.ts";
import { judgeVersions } from "./versions.ts";

export interface Part {
  part: string;
  found: boolean;
  /** Slipway cannot work without it; the others only widen what it can do. */
  needed: boolean;
  version: string;
  from: string;
  /** What is missing and what to do; "" when nothing is. */
  advice: string;
}

async function nodePart(): Promise<Part> {
  const wrong = outdated(root);
  const version = process.versions.node;
  return { part: "node", found: wrong === undefined, needed: true, version, from: process.execPath, advice: wrong === undefined ? "" : `${wrong}: run npm ci` };
}

async function pulumiParts(): Promise<Part[]> {
  const pulumi = (await pulumiOnPath()) ?? pulumiInCache();
  const advice = "run npm start: it downloads the CLI, or builds it with Go";
  const none = { found: false, needed: true, version: "", from: "", advice };
  if (pulumi === undefined) return [{ part: "pulumi", ...none }, { part: "pulumi-language-nodejs", ...none }];
  const host = folderOf("pulumi-language-nodejs", { PATH: [pulumi.bin, process.env["PATH"] ?? ""].join(":") });
  return [
    { part: "pulumi", found: true, needed: true, version: pulumi.version, from: `${pulumi.bin} (${pulumi.source})`, advice: "" },
    host === undefined
      ? { part: "pulumi-language-nodejs", ...none }
      : { part: "pulumi-language-nodejs", found: true, needed: true, version: "", from: host, advice: "" },
  ];
}

/** A program that Slipway can use and does not need. */
async function optional(part: string, args: string[], advice: string): Promise<Part> {
  const folder = folderOf(part);
  if (folder === undefined) return { part, found: false, needed: false, version: "", from: "", advice };
  const { stdout } = await command(join(folder, part), args, { limit: 5000 });
  return { part, found: true, needed: false, version: /\d+\.\d+(\.\d+)?/.exec(stdout)?.[0] ?? "", from: folder, advice: "" };
}

/** What judges and runs the workflow files; kept in the cache and nowhere else, since each is pinned. */
function judgeParts(): Part[] {
  return judges.map((judge) => {
    const from = judgeInCache(judge);
    if (from === undefined) return { part: judge, found: false, needed: false, version: "", from: "", advice: `${sources[judge].need}: run slipway judges` };
    return { part: judge, found: true, needed: false, version: judgeVersions[judge], from: dirname(from), advice: "" };
  });
}

/** Every part that Slipway uses, the needed ones first. */
export async function parts(): Promise<Part[]> {
  const found = await Promise.all([
    nodePart(),
    pulumiParts(),
    optional("git", ["--version"], "install git to work on the repository"),
    optional("go", ["version"], "only where the Pulumi CLI cannot be downloaded: install Go 1.26 from https://go.dev/dl"),
    optional("docker", ["--version"], "only for building images outside the sandbox: install Docker with buildx"),
    judgeParts(),
  ]);
  return found.flat();
}

/** The parts as an aligned table. */
export function table(all: Part[]): string {
  const rows = all.map((each) => [each.part, state(each), each.version, each.found ? each.from : each.advice]);
  const lines = [["part", "found", "version", "where from, or what to do"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => line.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell)).join("  ").trimEnd()).join("\n");
}

function state(part: Part): string {
  if (part.found) return "yes";
  return part.needed ? "missing" : "no";
}

/** `slipway doctor`: exit code 1 when something needed is missing. */
export async function doctor(options: { json?: boolean }): Promise<number> {
  const all = await parts();
  process.stdout.write(`${options.json ? JSON.stringify(all, undefined, 2) : table(all)}\n`);
  return all.some((each) => each.needed && !each.found) ? 1 : 0;
}
