import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { Workspace } from "./support.ts";

jest.setTimeout(120_000);

const PROGRAM = `
import * as github from "@pulumi/github";
import * as kubernetes from "@pulumi/kubernetes";
import * as random from "@pulumi/random";
import { getRegistryImageOutput } from "@pulumi/docker/getRegistryImage.js";
import * as pulumi from "@pulumi/pulumi";
const config = new pulumi.Config();
const provider = new github.Provider("github", { owner: "acme", token: config.requireSecret("token") });
const repository = new github.Repository("repository", { name: "continuum", description: "words", visibility: "public" }, { provider });
const password = new random.RandomPassword("password", { length: 24 });
new github.ActionsSecret("secret", { repository: repository.name, secretName: "NPM_TOKEN", plaintextValue: config.requireSecret("npm") }, { provider });
new github.ActionsSecret("drawn", { repository: repository.name, secretName: "DRAWN", plaintextValue: password.result }, { provider });
const namespace = new kubernetes.core.v1.Namespace("namespace", { metadata: { name: "continuum" } });
new kubernetes.core.v1.ConfigMap("settings", { metadata: { name: "settings", namespace: namespace.metadata.name }, data: { LEVEL: "info" } });
new kubernetes.core.v1.Secret("credentials", { metadata: { name: "credentials", namespace: namespace.metadata.name }, stringData: { token: config.requireSecret("kubernetes") } });
export const digest = getRegistryImageOutput({ name: "ghcr.io/acme/continuum:1.0.0" }).sha256Digest;
export const url = repository.htmlUrl;
`;

let workspace: Workspace | undefined;
afterEach(() => workspace?.remove());

async function made(program = PROGRAM): Promise<Workspace> {
  workspace = await Workspace.make(program);
  for (const name of ["token", "npm", "kubernetes"]) expectDone(await workspace.pulumi("config", "set", "--secret", name, `CANARY-${name}`));
  return workspace;
}

const expectDone = ({ code, output }: { code: number; output: string }) => expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });

describe("the sandbox under the real engine", () => {
  test("brings a stack up, sees no change afterwards, restores drift and leaves an empty cloud", async () => {
    const here = await made();
    expectDone(await here.pulumi("up", "--yes"));
    expect(here.documents()).toEqual([
      "github/acme/continuum/repository.yaml", "github/acme/continuum/secrets/DRAWN.yaml", "github/acme/continuum/secrets/NPM_TOKEN.yaml",
      "kubernetes/continuum/configmap/settings.yaml", "kubernetes/continuum/namespace.yaml", "kubernetes/continuum/secret/credentials.yaml",
    ]);
    expectDone(await here.pulumi("preview", "--expect-no-changes"));
    expectDone(await here.pulumi("refresh", "--yes", "--expect-no-changes"));
    expectDone(await here.pulumi("preview", "--refresh", "--expect-no-changes"));

    const settings = join(here.cloud, "kubernetes/continuum/configmap/settings.yaml");
    const before = readFileSync(settings, "utf8");
    writeFileSync(settings, before.replace("LEVEL: info", "LEVEL: debug\n  ADDED: by hand"));
    rmSync(join(here.cloud, "github/acme/continuum/secrets/DRAWN.yaml"));
    const preview = await here.pulumi("preview", "--refresh", "--json");
    const steps: { op: string; urn: string }[] = JSON.parse(preview.output.slice(preview.output.indexOf("{"))).steps;
    expect(steps.filter(({ op }) => ["create", "update", "replace"].includes(op)).map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`).sort()).toEqual(["create drawn", "replace settings"]);
    expectDone(await here.pulumi("up", "--yes", "--refresh"));
    expectDone(await here.pulumi("preview", "--refresh", "--expect-no-changes"));
    expect(readFileSync(settings, "utf8")).toContain("LEVEL: info");
    expect(readFileSync(settings, "utf8")).not.toContain("ADDED");

    expectDone(await here.pulumi("destroy", "--yes"));
    expect(here.documents()).toEqual([]);
  });

  test("keeps secrets out of the state, the cloud, the outputs and every log line but those of the engine's own wire at -v=9", async () => {
    const here = await made();
    const { output, code } = await here.pulumi("up", "--yes", "--logtostderr", "-v=9");
    expect(code).toBe(0);
    // Engine v3.255 filters a message before it puts the values in, so its marshalling lines tell secrets whatever a provider does.
    const told = output.split("\n").filter((line) => line.includes("CANARY") && !/arshaling property for RPC|RegisterResource RPC finished/.test(line));
    expect(told).toEqual([]);
    expectDone(await here.pulumi("refresh", "--yes"));
    expect(here.filesWith("CANARY")).toEqual([]);
    expect(here.filesWith(Buffer.from("CANARY-kubernetes").toString("base64"))).toEqual([]);
    expect((await here.pulumi("stack", "output", "--stack", "test")).output).not.toContain("CANARY");
  });

  test("says which calls failed and why, and converges when run again", async () => {
    const here = await made();
    await here.start({ failureRate: 0.3, seed: 3 });
    const failed = await here.pulumi("up", "--yes");
    expect(failed.code).not.toBe(0);
    expect(failed.output).toMatch(/injected: (nothing was done|it was done, but the answer was lost)/);
    await here.start();
    expectDone(await here.pulumi("up", "--yes"));
    expectDone(await here.pulumi("preview", "--refresh", "--expect-no-changes"));
    expect(here.documents()).toHaveLength(6);
  });

  test("converges after kills at its first, third and fifth change, with nothing lost or doubled", async () => {
    const here = await made();
    for (const moment of [1, 3, 5]) {
      let calls = 0;
      let kill = () => {};
      await here.start({}, (line) => {
        // A preview comes first; it makes no change.
        if (/create|update/.test(line) && !line.endsWith("(preview)") && ++calls === moment) kill();
      });
      const run = here.spawn(["up", "--yes", "--skip-preview"]);
      kill = run.kill;
      expect((await run.outcome).code).not.toBe(0);
      await here.pulumi("cancel", "--yes");
    }
    await here.start();
    expectDone(await here.pulumi("up", "--yes"));
    expectDone(await here.pulumi("preview", "--refresh", "--expect-no-changes"));
    expect(here.documents()).toHaveLength(6);
  });
});
