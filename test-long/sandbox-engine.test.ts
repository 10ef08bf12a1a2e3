import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { Workspace } from "../test/workspace.ts";
import type { Outcome } from "../test/workspace.ts";


const PROGRAM = `
import { ActionsSecret, Provider, Repository } from "@pulumi/github";
import { ConfigMap, Namespace, Secret } from "@pulumi/kubernetes/core/v1/index.js";
import { RandomPassword } from "@pulumi/random";
import { getRegistryImageOutput } from "@pulumi/docker/getRegistryImage.js";
import { Config } from "@pulumi/pulumi";
const config = new Config();
const provider = new Provider("github", { owner: "acme", token: config.requireSecret("token") });
const repository = new Repository("repository", { name: "continuum", description: "words", visibility: "public" }, { provider });
const password = new RandomPassword("password", { length: 24 });
new ActionsSecret("secret", { repository: repository.name, secretName: "NPM_TOKEN", plaintextValue: config.requireSecret("npm") }, { provider });
new ActionsSecret("drawn", { repository: repository.name, secretName: "DRAWN", plaintextValue: password.result }, { provider });
const namespace = new Namespace("namespace", { metadata: { name: "continuum" } });
new ConfigMap("settings", { metadata: { name: "settings", namespace: namespace.metadata.name }, data: { LEVEL: "info" } });
new Secret("credentials", { metadata: { name: "credentials", namespace: namespace.metadata.name }, stringData: { token: config.requireSecret("kubernetes") } });
export const digest = getRegistryImageOutput({ name: "ghcr.io/acme/continuum:1.0.0" }).sha256Digest;
export const url = repository.htmlUrl;
`;
const DOCUMENTS = [
  "github/acme/continuum/repository.yaml", "github/acme/continuum/secrets/DRAWN.yaml", "github/acme/continuum/secrets/NPM_TOKEN.yaml",
  "kubernetes/continuum/configmap/settings.yaml", "kubernetes/continuum/namespace.yaml", "kubernetes/continuum/secret/credentials.yaml",
];
const UP = ["up", "--yes", "--skip-preview"];

async function withSecrets(): Promise<Workspace> {
  const workspace = await Workspace.make(PROGRAM);
  const secrets = ["token", "npm", "kubernetes"].flatMap((name) => ["--secret", `${name}=CANARY-${name}`]);
  expectDone(await workspace.pulumi("config", "set-all", ...secrets));
  return workspace;
}

const expectDone = ({ code, output }: Outcome) => expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });

describe("a stack in the sandbox, step by step", () => {
  let here: Workspace;
  let first: Outcome;
  beforeAll(async () => {
    here = await withSecrets();
    first = await here.pulumi(...UP, "--logtostderr", "-v=9");
  });
  afterAll(() => here.remove());

  test("comes up with a document for each resource but the random ones", () => {
    expect(first.code).toBe(0);
    expect(here.documents()).toEqual(DOCUMENTS);
  });

  test("tells no secret in the state, the cloud, the outputs and every log line but those of the engine's own wire at -v=9", async () => {
    // Engine v3.255 filters a message before it puts the values in, so its marshalling lines tell secrets whatever a provider does.
    const told = first.output.split("\n").filter((line) => line.includes("CANARY") && !/arshaling property for RPC|RegisterResource RPC finished/.test(line));
    expect(told).toEqual([]);
    expect(here.filesWith("CANARY")).toEqual([]);
    expect(here.filesWith(Buffer.from("CANARY-kubernetes").toString("base64"))).toEqual([]);
    expect((await here.pulumi("stack", "output", "--stack", "test")).output).not.toContain("CANARY");
  });

  test("shows no change afterwards, refreshed or not", async () => {
    expectDone(await here.pulumi("preview", "--expect-no-changes"));
    expectDone(await here.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes"));
  });

  test("shows what a person edited, added and deleted, and restores it", async () => {
    const settings = join(here.cloud, "kubernetes/continuum/configmap/settings.yaml");
    writeFileSync(settings, readFileSync(settings, "utf8").replace("LEVEL: info", "LEVEL: debug\n  ADDED: by hand"));
    rmSync(join(here.cloud, "github/acme/continuum/secrets/DRAWN.yaml"));
    const preview = await here.pulumi("preview", "--refresh", "--json");
    expectDone(preview);
    const steps: { op: string; urn: string }[] = JSON.parse(preview.output.slice(preview.output.indexOf("{"))).steps;
    const changes = steps.filter(({ op }) => ["create", "update", "replace"].includes(op)).map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`);
    expect(changes.sort()).toEqual(["create drawn", "replace settings"]);
    expectDone(await here.pulumi(...UP, "--refresh"));
    expect(here.documents()).toEqual(DOCUMENTS);
    expect(readFileSync(settings, "utf8")).toContain("data:\n  LEVEL: info\n");
    expect(readFileSync(settings, "utf8")).not.toContain("ADDED");
  });

  test("leaves an empty cloud when it is destroyed", async () => {
    expectDone(await here.pulumi("destroy", "--yes", "--skip-preview"));
    expect(here.documents()).toEqual([]);
  });
});

describe("a stack whose update goes wrong", () => {
  let here: Workspace;
  afterEach(() => here.remove());

  test("says which calls failed and why, and converges when run again", async () => {
    here = await withSecrets();
    await here.start({ failureRate: 0.3, seed: 3 });
    const failed = await here.pulumi(...UP);
    expect(failed.code).not.toBe(0);
    expect(failed.output).toMatch(/injected: (nothing was done|it was done, but the answer was lost)/);
    await here.start();
    expectDone(await here.pulumi(...UP));
    expectDone(await here.pulumi("preview", "--refresh", "--expect-no-changes"));
    expect(here.documents()).toEqual(DOCUMENTS);
  });

  test("converges after kills at its second and fifth change, with nothing lost or doubled", async () => {
    here = await withSecrets();
    for (const moment of [2, 5]) {
      let calls = 0;
      let kill = () => {};
      await here.start({}, (line) => {
        if (/create|update/.test(line) && ++calls === moment) kill();
      });
      const run = here.spawn(UP);
      kill = run.kill;
      expect((await run.outcome).code).not.toBe(0);
      here.unlock();
    }
    await here.start();
    expectDone(await here.pulumi(...UP));
    expectDone(await here.pulumi("preview", "--refresh", "--expect-no-changes"));
    expect(here.documents()).toEqual(DOCUMENTS);
  });

  test("keeps a Deployment that never gets ready in the state, and heals it with the next up", async () => {
    here = await Workspace.make(`
import { Deployment } from "@pulumi/kubernetes/apps/v1/index.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/index.js";
const labels = { app: "api" };
const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: "api", image: "ghcr.io/acme/api:1" }] } } };
const deployment = new Deployment("api", { metadata: { name: "api" }, spec });
new ConfigMap("after", { metadata: { name: "after" } }, { dependsOn: [deployment] });
`);
    await here.start({ neverReady: "api" });
    const failed = await here.pulumi(...UP);
    expect(failed.code).not.toBe(0);
    expect(failed.output).toContain('timed out waiting for Deployment "api" to become ready (injected)');
    expect(here.documents()).toEqual(["kubernetes/default/deployment/api.yaml"]);
    await here.start();
    expectDone(await here.pulumi(...UP));
    expect(here.documents()).toEqual(["kubernetes/default/configmap/after.yaml", "kubernetes/default/deployment/api.yaml"]);
  });

  test("takes over by an import what is in the cloud already", async () => {
    here = await Workspace.make(`
import { ConfigMap } from "@pulumi/kubernetes/core/v1/index.js";
new ConfigMap("settings", { metadata: { name: "settings" }, data: { LEVEL: "info" } }, { import: "default/settings" });
`);
    mkdirSync(join(here.cloud, "kubernetes/default/configmap"), { recursive: true });
    writeFileSync(join(here.cloud, "kubernetes/default/configmap/settings.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: default\ndata:\n  LEVEL: info\n");
    const up = await here.pulumi(...UP);
    expectDone(up);
    expect(up.output).toContain("1 imported");
  });
});
