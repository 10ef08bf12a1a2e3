import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { table as actionsTable } from "../../components/workflows/kit/actions-table.ts";

const source = join(import.meta.dirname, "actions");

/** Actions whose work the rest of a workflow lives on; every other one only writes down what it was asked. */
const standIns: Record<string, string> = {
  "actions/checkout": "checkout",
  "actions/upload-artifact": "upload-artifact",
  "actions/download-artifact": "download-artifact",
  "actions/setup-node": "setup-node",
  "actions/setup-python": "setup-python",
  "pypa/gh-action-pypi-publish": "pypi-publish",
};

/** Lays out a folder for each action that the texts use and answers what act is told: `owner/name@sha=folder`. */
export function layOut(texts: readonly string[], folder: string): string[] {
  const uses = new Set(texts.flatMap((text) => [...text.matchAll(/^\s*(?:- )?uses: ([\w.-]+\/[\w./-]+)@([0-9a-f]{40})/gm)].map(([, action = "", sha = ""]) => `${action}@${sha}`)));
  const repositories = new Map<string, string>();
  for (const use of uses) {
    const [action = "", sha = ""] = use.split("@");
    const [owner = "", name = "", ...path] = action.split("/");
    const own = `${owner}/${name}`;
    if (!(own in actionsTable)) throw new Error(`${own}: not in the table of actions`);
    const home = join(folder, `${owner}+${name}`);
    const place = join(home, ...path);
    mkdirSync(place, { recursive: true });
    cpSync(join(source, standIns[own] ?? "recorder"), place, { recursive: true });
    cpSync(join(source, "common.mjs"), join(place, "common.mjs"));
    writeFileSync(join(place, "uses.txt"), action);
    repositories.set(`${own}@${sha}`, home);
  }
  return [...repositories].map(([name, home]) => `${name}=${home}`);
}
