import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse, parseDocument, stringify } from "yaml";
import { leaves, targetsOf } from "./drift-targets.ts";
import type { Path, Target } from "./drift-targets.ts";
import { configureFew } from "./few-systems.ts";
import { OneService } from "./one-service.ts";

interface Found {
  urn?: string;
  what: string;
  field?: string;
  change: string;
  severity: string;
  because: string;
  next: { reconcile: string; adopt: { yaml?: string; none?: string }; ignore: string };
}

/** Where the document lies: changing these by hand moves the object, which is a deletion and an addition. */
const IDENTITY = new Set(["apiVersion", "kind", "metadata.name", "metadata.namespace", "repository", "name", "environment", "secretName", "variableName", "keyPrefix", "file", "branch", "branchPattern", "tagPattern", "configuration.url", "baseRepository", "headRef"]);
/** GitHub's API tells only what GitHub knows: another value of these is one of a few. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  enforcement: ["disabled", "active"], target: ["tag", "branch"], permission: ["admin", "pull"], actorType: ["OrganizationAdmin", "Team"], bypassMode: ["pull_request", "always"], teamId: ["platform", "maintainers"],
  username: ["linus", "grace"], visibility: ["private", "public"], contentType: ["form", "json"],
};
const SHOP = "github/slipway-sandbox/workspace-qdrant-mcp";

const stack = new OneService();
let targets: Target[] = [];

beforeAll(async () => {
  configureFew(stack.folder);
  const up = await stack.up();
  expect({ code: up.code, output: up.code === 0 ? "" : up.output }).toEqual({ code: 0, output: "" });
  targets = targetsOf(Object.entries(stack.documents()), (await stack.slipway(["sandbox", "stack", "export"])).output, IDENTITY).filter(({ fields }) => fields.length > 0);
});
afterAll(() => stack.leave());

function otherValue(value: unknown, path: Path): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  return OTHERS[String(path.at(-1))]?.find((other) => other !== value) ?? `${String(value)}-by-hand`;
}

/** As the engine writes it. */
function written(path: Path): string {
  return path.map((key, place) => (typeof key === "number" ? `[${key}]` : /^[\w-]+$/.test(key) ? (place === 0 ? key : `.${key}`) : `["${key}"]`)).join("");
}

function at(file: string): string {
  return join(stack.folder, "box/cloud", file);
}

function edit(file: string, change: (document: ReturnType<typeof parseDocument>) => void): void {
  const document = parseDocument(readFileSync(at(file), "utf8"));
  change(document);
  writeFileSync(at(file), document.toString({ lineWidth: 0 }));
}

/** What a person makes: a document of nobody's. */
function make(file: string, body: object): void {
  writeFileSync(at(`${file}.yaml`), stringify(body));
}

async function drift(...args: string[]): Promise<{ code: number | null; findings: Found[]; owned: Found[]; output: string }> {
  const { code, output } = await stack.slipway(["drift", "--stack", "sandbox", "--sandbox", "--json", ...args]);
  const start = output.indexOf("{\n");
  if (start < 0) throw new Error(output);
  const { findings, owned } = JSON.parse(output.slice(start, output.lastIndexOf("\n}") + 2));
  return { code, findings, owned, output };
}

/** The parts of all documents that the stack declares. */
function declared(): Record<string, unknown> {
  const documents = stack.documents();
  return Object.fromEntries(targets.map(({ file, fields }) => {
    const document = parseDocument(documents[file] ?? "");
    return [file, fields.map((path) => [path.join("."), document.getIn(path)])];
  }));
}

describe("for every resource type of the stack", () => {
  let original: Record<string, unknown> = {};
  beforeAll(() => {
    original = declared();
  });

  test("there is a document with fields to change", () => {
    expect(targets.length).toBeGreaterThan(33);
  });

  test("each declared field that somebody edits is found, named and judged, and put back", async () => {
    for (const { file, fields } of targets) edit(file, (document) => fields.forEach((path) => document.setIn(path, otherValue(document.getIn(path), path))));
    const { code, findings, owned, output } = await drift();
    expect(code).toBe(2);
    const seen = [...findings, ...owned];
    const hidden = targets.flatMap(({ fields, type, urn }) => fields.map(written)
      .filter((path) => !seen.some((finding) => finding.urn === urn && (finding.change === "missing" || (finding.field !== undefined && path.startsWith(finding.field)))))
      .map((path) => `${type} ${path}`));
    expect(hidden).toEqual([]);
    expect(findings.filter(({ because, next, severity, what }) => !/^(hostile|risky|benign)$/.test(severity) || because === "" || !next.reconcile.includes(what.split("'")[0] ?? ""))).toEqual([]);
    expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(["hostile", "risky", "benign"]));
    expect(output).not.toMatch(/sealed:/);
    const after = await drift("--reconcile");
    expect({ code: after.code, findings: after.findings.map(({ what, field }) => [what, field]) }).toEqual({ code: 0, findings: [] });
    expect(declared()).toEqual(original);
  });

  test("each document that somebody deletes, and what a refresh does not show, is found and ended", async () => {
    for (const { file } of targets) rmSync(at(file));
    const place = { repository: "workspace-qdrant-mcp", environment: "canary" };
    edit(`${SHOP}/environments/canary.yaml`, (document) => ["reviewers", "preventSelfReview"].forEach((key) => void document.deleteIn([key])));
    make(`${SHOP}/secrets/EVIL`, { repository: "workspace-qdrant-mcp", secretName: "EVIL", value: "canary-value" });
    make(`${SHOP}/variables/EVIL`, { repository: "workspace-qdrant-mcp", variableName: "EVIL", value: "on" });
    make(`${SHOP}/environments/canary/secrets/EVIL`, { ...place, secretName: "EVIL", value: "canary-value" });
    make(`${SHOP}/environments/backdoor`, { repository: "workspace-qdrant-mcp", environment: "backdoor" });
    make(`${SHOP}/rulesets/evil`, { repository: "workspace-qdrant-mcp", name: "evil", target: "branch", enforcement: "active", rules: { deletion: true } });
    const unmanaged = ["ActionsSecret/workspace-qdrant-mcp:EVIL", "ActionsVariable/workspace-qdrant-mcp:EVIL", "ActionsEnvironmentSecret/workspace-qdrant-mcp:canary:EVIL", "RepositoryEnvironment/workspace-qdrant-mcp:backdoor", "RepositoryRuleset/workspace-qdrant-mcp:evil"].map((name) => `github:${name}`);
    const { code, findings, output } = await drift();
    expect(code).toBe(2);
    expect(targets.filter(({ urn }) => !findings.some((finding) => finding.urn === urn && finding.change === "missing")).map(({ type }) => type)).toEqual([]);
    expect(findings.filter(({ change }) => change === "unmanaged").map(({ what }) => what)).toEqual(expect.arrayContaining(unmanaged));
    expect(findings.filter(({ what }) => what === "github:RepositoryEnvironment/workspace-qdrant-mcp:canary").map(({ field, severity }) => [field, severity])).toEqual([["preventSelfReview", "hostile"], ["reviewers", "hostile"]]);
    expect(output).not.toContain("canary-value");
    const after = await drift("--reconcile", "--delete", ...unmanaged);
    expect({ code: after.code, findings: after.findings.map(({ what, field }) => [what, field]) }).toEqual({ code: 0, findings: [] });
    expect(declared()).toEqual(original);
  });

  test("what is adopted as printed is declared afterwards", async () => {
    edit(`${SHOP}/repository.yaml`, (document) => {
      document.setIn(["description"], "Written by hand");
      document.setIn(["hasWiki"], true);
      document.setIn(["allowAutoMerge"], true);
      document.setIn(["topics"], ["by-hand"]);
    });
    edit(`${SHOP}/variables/GRAFANA_URL.yaml`, (document) => document.setIn(["value"], "https://by-hand.example.com"));
    edit(`${SHOP}/environments/production.yaml`, (document) => document.setIn(["waitTimer"], 15));
    edit(`${SHOP}/rulesets/main.yaml`, (document) => document.setIn(["enforcement"], "disabled"));
    const { code, findings } = await drift();
    expect(code).toBe(2);
    const file = join(stack.folder, "Pulumi.sandbox.yaml");
    const settings = parseDocument(readFileSync(file, "utf8"));
    for (const { next } of findings) {
      const piece = parseDocument(next.adopt.yaml ?? "");
      for (const path of leaves(piece.toJS())) if (!path.some((key) => typeof key === "number")) settings.setIn(["config", ...path], piece.getIn(path));
      for (const [path, list] of lists(parse(next.adopt.yaml ?? ""))) settings.setIn(["config", ...path], list);
    }
    writeFileSync(file, settings.toString({ lineWidth: 0 }));
    const up = await stack.slipway(["sandbox", "up", "--refresh", "--yes", "--skip-preview"]);
    expect({ code: up.code, output: up.code === 0 ? "" : up.output }).toEqual({ code: 0, output: "" });
    expect((await drift()).findings).toEqual([]);
    expect(parse(readFileSync(at(`${SHOP}/repository.yaml`), "utf8"))).toMatchObject({ description: "Written by hand", hasWiki: true, allowAutoMerge: true, topics: ["by-hand"] });
    expect(parse(readFileSync(at(`${SHOP}/environments/production.yaml`), "utf8"))).toMatchObject({ waitTimer: 15 });
  });
});

function lists(value: unknown, path: Path = []): [Path, unknown[]][] {
  if (Array.isArray(value)) return [[path, value]];
  return typeof value !== "object" || value === null ? [] : Object.entries(value).flatMap(([key, child]) => lists(child, [...path, key]));
}
