import { describe, expect, test } from "@jest/globals";
import { parseReleases } from "../../../components/delivery/record-format.ts";
import { filledFile } from "../../../operations/adopt/state/import-file.ts";
import { importIdOf, readLive } from "../../../operations/adopt/state/live-ids.ts";
import type { Sources } from "../../../operations/adopt/state/live-ids.ts";
import { recordedIn, withReleases } from "../../../operations/adopt/state/state-text.ts";
import { changesIn, wantedIn } from "../../../operations/adopt/state/wanted.ts";
import type { WantedResource } from "../../../operations/adopt/state/wanted.ts";
import { GitHubProblem } from "../../../operations/github/problem.ts";
import { object } from "./cluster.ts";
import { environment, plain, ruleset } from "./repositories.ts";

const urn = (type: string, name: string) => `urn:pulumi:s::slipway::${type}::${name}`;
const step = (op: string, type: string, name: string, inputs: object = {}, custom = true) => ({ op, urn: urn(type, name), newState: { type: type.split("$").at(-1), custom, inputs } });

describe("a preview", () => {
  const text = JSON.stringify({ steps: [
    step("create", "slipway:a:A", "one", {}, false), step("create", "slipway:a:A$github:index/repository:Repository", "one-repository", { name: "shop" }), step("create", "random:index/randomPassword:RandomPassword", "p"),
    step("create", "pulumi:pulumi:Stack", "slipway-s", {}, false), step("same", "github:index/repository:Repository", "other"), step("update", "slipway:a:A$kubernetes:core/v1:Service", "web"), step("read", "pulumi:pulumi:StackReference", "itself"),
  ] });

  test("tells what has a counterpart outside of the state", () => {
    expect(wantedIn(text)).toEqual([
      { key: "slipway:a:A::one", type: "slipway:a:A", custom: false, inputs: {} },
      { key: "slipway:a:A$github:index/repository:Repository::one-repository", type: "github:index/repository:Repository", custom: true, inputs: { name: "shop" } },
    ]);
  });

  test("tells what would change, but not the stack itself", () => {
    expect(changesIn(text)).toEqual(["create slipway:a:A one", "create github:index/repository:Repository one-repository", "create random:index/randomPassword:RandomPassword p", "update kubernetes:core/v1:Service web"]);
    expect(changesIn("{}")).toEqual([]);
  });
});

describe("an import file", () => {
  const file = { nameTable: { above: urn("slipway:a:Above", "above") }, resources: [
    { type: "slipway:a:A", name: "one", component: true },
    { type: "slipway:a:B", name: "oneB", logicalName: "one", component: true, parent: "one" },
    { type: "t:i:T", name: "here", id: "<PLACEHOLDER>", parent: "oneB", version: "1.0.0" },
    { type: "t:i:T", name: "gone", id: "<PLACEHOLDER>", parent: "one" },
    { type: "slipway:a:C", name: "empty", component: true, parent: "one" },
    { type: "slipway:a:D", name: "nothing", component: true },
    { type: "t:i:T", name: "lost", id: "<PLACEHOLDER>", parent: "nothing" },
    { type: "t:i:U", name: "under", id: "<PLACEHOLDER>", parent: "above" },
  ] };

  test("gets the ids of what is there, with the components around it, and loses the rest", () => {
    const ids: Record<string, string> = { "slipway:a:A$slipway:a:B$t:i:T::here": "id-1", "slipway:a:Above$t:i:U::under": "id-2" };
    const { imported, text } = filledFile(JSON.stringify(file), (key) => ids[key]);
    const { nameTable, resources }: { nameTable: object; resources: { name: string; id?: string; version?: string }[] } = JSON.parse(text);
    expect(imported).toBe(2);
    expect(nameTable).toEqual(file.nameTable);
    expect(resources.map(({ id, name }) => [name, id])).toEqual([["one", undefined], ["oneB", undefined], ["here", "id-1"], ["empty", undefined], ["under", "id-2"]]);
    expect(resources[2]?.version).toBe("1.0.0");
  });

  test("of nothing stays a file of nothing", () => {
    expect(filledFile('{"resources":null}', () => "id")).toEqual({ imported: 0, text: '{\n  "resources": []\n}' });
  });
});

describe("the id of a resource", () => {
  const live = plain({
    pages: { build_type: "workflow", cname: null, https_enforced: false }, labels: [{ name: "bug", color: "ffffff", description: null }], secrets: ["A"], variables: [{ name: "V", value: "1" }], dependabotSecrets: ["D"],
    rulesets: [ruleset({ id: 42, name: "main" })], hooks: [{ id: 5, active: true, events: ["push"], config: { url: "https://h.example.com", content_type: "json", insecure_ssl: "0" } }],
    autolinks: [{ id: 6, key_prefix: "X-", url_template: "https://x.example.com/<num>", is_alphanumeric: true }],
    environments: [environment({ name: "prod" }, { secrets: ["S"], variables: [{ name: "E", value: "1" }], policies: [{ id: 9, name: "main", type: "branch" }, { id: 10, name: "v*", type: "tag" }] })],
  });
  const sources: Sources = {
    repository: async (name) => { if (name === "shop") return live; throw new GitHubProblem("none", 404); },
    cluster: { read: async (name) => (name === "web" ? { namespace: object("Namespace", "web"), objects: [object("Service", "front")] } : undefined) },
  };
  const github = (type: string, inputs: Record<string, unknown>): WantedResource => ({ key: type, custom: true, type: `github:index/x:${type}`, inputs: { repository: "shop", ...inputs } });
  const kubernetes = (kind: string, metadata: object): WantedResource => ({ key: kind, custom: true, type: `kubernetes:core/v1:${kind}`, inputs: { metadata } });

  test.each<[WantedResource, string | undefined]>([
    [{ ...github("Repository", {}), inputs: { name: "shop" } }, "shop"],
    [{ ...github("Repository", {}), inputs: { name: "new" } }, undefined],
    [github("BranchDefault", {}), "shop"],
    [github("RepositoryPages", {}), "shop"],
    [github("IssueLabel", { name: "bug" }), "shop:bug"],
    [github("IssueLabel", { name: "new" }), undefined],
    [github("RepositoryEnvironment", { environment: "prod" }), "shop:prod"],
    [github("RepositoryEnvironment", { environment: "new" }), undefined],
    [github("RepositoryEnvironmentDeploymentPolicy", { environment: "prod", branchPattern: "main" }), "shop:prod:9"],
    [github("RepositoryEnvironmentDeploymentPolicy", { environment: "prod", tagPattern: "v*" }), "shop:prod:10"],
    [github("RepositoryEnvironmentDeploymentPolicy", { environment: "prod", tagPattern: "main" }), undefined],
    [github("ActionsEnvironmentSecret", { environment: "prod", secretName: "S" }), "shop:prod:S"],
    [github("ActionsEnvironmentVariable", { environment: "prod", variableName: "E" }), "shop:prod:E"],
    [github("ActionsEnvironmentVariable", { environment: "prod", variableName: "N" }), undefined],
    [github("ActionsSecret", { secretName: "A" }), "shop:A"],
    [github("ActionsSecret", { secretName: "N" }), undefined],
    [github("DependabotSecret", { secretName: "D" }), "shop:D"],
    [github("ActionsVariable", { variableName: "V" }), "shop:V"],
    [github("RepositoryRuleset", { name: "main" }), "shop:42"],
    [github("RepositoryRuleset", { name: "new" }), undefined],
    [github("RepositoryWebhook", { configuration: { url: "https://h.example.com" } }), "shop/5"],
    [github("RepositoryWebhook", { configuration: { url: "https://new.example.com" } }), undefined],
    [github("RepositoryAutolinkReference", { keyPrefix: "X-" }), "shop/6"],
    [github("RepositoryFile", { file: "a" }), undefined],
    [kubernetes("Namespace", { name: "web" }), "web"],
    [kubernetes("Namespace", { name: "new" }), undefined],
    [kubernetes("Service", { name: "front", namespace: "web" }), "web/front"],
    [kubernetes("Service", { name: "back", namespace: "web" }), undefined],
  ])("%j is %s", async (wanted, expected) => {
    expect(importIdOf(wanted, await readLive([wanted], sources))).toBe(expected);
  });

  test("is not asked for where GitHub refuses to tell", async () => {
    await expect(readLive([github("BranchDefault", {})], { ...sources, repository: async () => { throw new GitHubProblem("not allowed", 403); } })).rejects.toThrow("not allowed");
  });
});

describe("a state", () => {
  const release = { revisions: [{ id: "r1", image: "i", role: "stable" as const, weight: 100, specification: JSON.parse("{}"), configured: "r2" }], stage: { kind: "settled" as const }, since: "", rejected: [] };
  const names = { project: "slipway", stack: "s" };

  test("without anything gets a stack that has the record", () => {
    const exported = { version: 3, deployment: { manifest: { magic: "m" }, resources: null } };
    const text = withReleases(exported, names, { shop: release });
    expect(JSON.parse(text)).toEqual({ version: 3, deployment: { manifest: { magic: "m" }, resources: [{ urn: urn("pulumi:pulumi:Stack", "slipway-s"), custom: false, type: "pulumi:pulumi:Stack", outputs: { releases: { shop: release } } }] } });
    expect([...recordedIn(exported)]).toEqual([]);
    expect([...recordedIn(JSON.parse(text))]).toEqual(["shop"]);
    expect(parseReleases(JSON.parse(text).deployment.resources[0].outputs.releases)).toEqual({ shop: release });
  });

  test("keeps what it has", () => {
    const root = { urn: urn("pulumi:pulumi:Stack", "slipway-s"), type: "pulumi:pulumi:Stack", custom: false, outputs: { systems: 1, releases: { web: release } } };
    const other = { urn: urn("t:i:T", "x"), type: "t:i:T", id: "x" };
    const { deployment: { resources } } = JSON.parse(withReleases({ deployment: { resources: [root, other] } }, names, { shop: release }));
    expect(resources).toEqual([{ ...root, outputs: { systems: 1, releases: { web: release, shop: release } } }, other]);
  });
});
