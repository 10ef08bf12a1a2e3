import { delimiter, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isDigest } from "../../../operations/preview/digest.ts";
import { runPreview } from "../../../operations/preview/run.ts";
import type { PreviewOptions } from "../../../operations/preview/run.ts";
import type { Summary } from "../../../operations/preview/summary.ts";
import type { OpenStack } from "../../../operations/stacks/open.ts";
import { house, IN_SERVICE, stream } from "./engine.ts";
import type { Made } from "./engine.ts";

const AT = "2026-11-21T20:00:00.000Z";

interface Call {
  args: string[];
  more: NodeJS.ProcessEnv;
}

/** Runs a preview of a stack of this repository with an engine that says what it is told to. */
async function previewed(finished: { code?: number; stdout?: string; stderr?: string }, options: Partial<PreviewOptions> = {}, plan?: string): Promise<{ summary: Summary; calls: Call[] }> {
  const calls: Call[] = [];
  const stack: OpenStack = {
    name: "staging",
    environment: { PATH: "/bin" },
    run: async (args, more = {}) => {
      calls.push({ args, more });
      return { code: 0, stdout: "", stderr: "", ...finished };
    },
    exported: async () => ({ deployment: { resources: [] } }),
    outputs: async () => ({}),
    close: async () => {},
  };
  return { calls, summary: await runPreview(stack, { stack: "staging", ...options }, { plan, plannedAt: AT }) };
}

const pods = (image: string): Made => ({ op: "create", type: "kubernetes:apps/v1:Deployment", name: "pods", parent: IN_SERVICE, new: { metadata: { name: "pods", namespace: "shop" }, spec: { template: { spec: { containers: [{ name: "app", image }] } } } } });

describe("a preview", () => {
  test("asks the engine for its events and its plan, at one moment", async () => {
    const { calls, summary } = await previewed({ stdout: stream(house()) }, { refresh: true, policyPack: ["policy"] }, "/tmp/plan.json");
    const pack = join(process.cwd(), "policy");
    expect(calls).toEqual([{
      args: ["preview", "--json", "--stack", "staging", "--non-interactive", "--refresh", "--policy-pack", pack, "--save-plan", "/tmp/plan.json"],
      more: { SLIPWAY_PLANNED_AT: AT, PATH: [pack, "/bin"].join(delimiter), PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true", PULUMI_EXPERIMENTAL: "true" },
    }]);
    expect(isDigest(summary.digest ?? "")).toBe(true);
    expect(summary.errors).toEqual([]);
  });

  test.each<[string, { code?: number; stdout?: string; stderr?: string }, string[]]>([
    ["of the program", { code: 255, stdout: stream(house(), { result: "failed", more: [{ diagnosticEvent: { message: "no such thing\n", severity: "error" } }] }) }, ["no such thing"]],
    ["before the first event", { code: 255, stderr: "warning: x\nerror: incorrect passphrase\n" }, ["incorrect passphrase"]],
    ["without a word", { code: 137 }, ["the engine gave no reason; run pulumi preview to see more"]],
    ["that the exit code does not show", { stdout: stream(house(), { result: "failed" }) }, ["the engine gave no reason; run pulumi preview to see more"]],
  ])("has no digest after a failure %s, and says why", async (_, finished, errors) => {
    const { summary } = await previewed(finished);
    expect(summary).toMatchObject({ errors, digest: undefined, releases: [] });
  });

  test("has no digest where a policy does not allow it", async () => {
    const { summary } = await previewed({ stdout: stream([...house(), pods("ghcr.io/acme/shop:latest")]) });
    expect(summary.digest).toBeUndefined();
    expect(summary.errors).toEqual(["a policy does not allow it"]);
    expect(summary.policies.filter(({ level }) => level === "mandatory").map(({ policy }) => policy)).toContain("images-pinned");
  });

  test("leaves the judging to the engine where it is given a pack", async () => {
    const { summary } = await previewed({ stdout: stream([...house(), pods("ghcr.io/acme/shop:latest")]) }, { policyPack: ["policy"] });
    expect(summary.policies).toEqual([]);
    expect(summary.digest).toBeDefined();
  });

  test("of a stack that has no file says which there are, and asks no engine", async () => {
    const { calls, summary } = await previewed({}, { stack: "stagin" });
    expect(summary.errors).toEqual(["--stack: there is no file of stack stagin; write staging"]);
    expect(calls).toEqual([]);
  });
});
