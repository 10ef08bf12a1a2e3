import { repository } from "../test/workflows/repository.ts";
import { serve } from "../test/workflows/serve.ts";
import type { Answer, Recorded, Server } from "../test/workflows/serve.ts";
import type { Ran } from "./act/log.ts";
import { fakeStack } from "./act/stack.ts";
import type { Call } from "./act/stack.ts";
import { stage } from "./act/stage.ts";
import type { Stage } from "./act/stage.ts";

const FILE = "orchestrated-release-pipeline.yml";
const digest = (of: string): string => `sha256:${of.repeat(64)}`;
const images: Record<string, string> = { "v1.2.3": digest("a"), "v1.2.2": digest("b") };

const started = { event: "started", image: "i", strategy: "canary", stages: [10, 100], resumed: false };
const walked = [started, { event: "stage", stage: 1, weight: 10 }, { event: "gate", verdict: "pass", samples: 900, indicators: [] }, { event: "stage", stage: 2, weight: 100 }, { event: "done", image: "i" }];
const breached = [started, { event: "stage", stage: 1, weight: 10 }, { event: "rolled-back", reason: "error rate of 12.4 % is above 5 %", seconds: 3 }];

/** As the family's own, which is run for real beside this one. */
const performance = `name: Performance regression detection
on:
  workflow_call:
    inputs:
      current_version: {type: string, required: true}
      baseline_version: {type: string, required: true}
jobs:
  compare:
    name: Compare
    runs-on: ubuntu-24.04
    steps:
      - run: echo "compared $CURRENT with $BASELINE"
        env: {CURRENT: "\${{ inputs.current_version }}", BASELINE: "\${{ inputs.baseline_version }}"}
`;

interface Scene {
  service: Server;
  registry: Server;
  room: Stage;
  host: string;
}

async function scene(answer: (request: Recorded) => Answer = () => ({ body: { version: "1.2.3" } })): Promise<Scene> {
  const service = await serve(answer);
  const registry = await serve(({ path }): Answer | undefined => {
    const found = images[path.split("/").at(-1) ?? ""];
    return found === undefined ? undefined : { headers: { "docker-content-digest": found } };
  });
  const host = registry.url.slice("http://".length);
  const { shop } = repository().services;
  if (!shop) throw new Error("the repository has no service");
  const room = await stage({
    repository: { services: { shop: { ...shop, image: `${host}/acme/shop` } } },
    workflows: {
      enhancedSmokeTests: { targets: { production: { url: service.url }, staging: { url: service.url } }, endpoints: [{ path: "/", json: { version: "{version}" } }] },
      orchestratedReleasePipeline: { stack: { secrets: { PULUMI_CONFIG_PASSPHRASE: "PASSPHRASE" } }, smoke: { depth: "standard" }, notify: { slack: "SLACK_WEBHOOK_URL" } },
    },
    files: { ".github/workflows/performance-regression-detection.yml": performance },
  });
  for (const tag_name of ["v1.2.2", "v1.2.3"]) {
    room.origin.commit(`chore: release ${tag_name}`);
    room.origin.tag(tag_name);
    room.github.release({ tag_name });
  }
  return { service, registry, room, host };
}

async function release({ room, service }: Scene, events: readonly object[], exit: number, inputs: Record<string, string> = {}): Promise<Ran & { calls: Call[] }> {
  const stack = fakeStack({ rollout: { lines: events, exit } });
  const ran = await room.run(FILE, {
    inputs: { release_version: "1.2.3", baseline_version: "", deployment_strategy: "canary", skip_performance_check: "false", ...inputs },
    secrets: { PASSPHRASE: "of the stack", SLACK_WEBHOOK_URL: `${service.url}/slack` },
    repositories: { "acme/slipway": stack.repository },
  });
  return { ...ran, calls: stack.calls() };
}

describe("orchestrated-release-pipeline.yml", () => {
  it("takes a release to production, image by digest, and leaves no issue open", async () => {
    const at = await scene();
    const ran = await release(at, walked, 0);
    expect(ran.calls).toEqual([{ args: ["rollout", "shop", "--stack", "production", "--image", `${at.host}/acme/shop@${digest("a")}`, "--strategy", "canary", "--duration", "4h", "--auto-promote", "--leave-after", "330m", "--json"], passphrase: "of the stack" }]);
    expect(ran.code).toBe(0);
    expect(ran.log).toContain("compared 1.2.3 with 1.2.2");
    expect(Object.values(ran.jobs).every((result) => result === "success")).toBe(true);
    expect(at.room.github.issues).toMatchObject([{ title: "Rollout of shop 1.2.3 (production)", state: "closed" }]);
    expect(ran.outputs).toEqual(expect.arrayContaining(["baseline=1.2.2", "previous=1.2.2", "state=done", "result=passed"]));
    expect(at.service.requests.filter(({ path }) => path === "/slack")).toHaveLength(1);
  });

  it("says in an issue that all traffic is back where the canary broke a limit", async () => {
    const at = await scene();
    const ran = await release(at, breached, 2);
    expect([ran.code, ran.jobs["Deploy"], ran.jobs["Announce"]]).toEqual([1, "failure", "success"]);
    expect(at.service.requests.filter(({ path }) => path === "/healthz")).toHaveLength(51); // staging alone
    const [verdict, rollout] = at.room.github.issues;
    expect(rollout).toMatchObject({ title: "Rollout of shop 1.2.3 (production)", state: "open", body: expect.stringContaining("error rate of 12.4") });
    expect(verdict).toMatchObject({ title: "Release 1.2.3 of shop failed", state: "open", body: expect.stringContaining("all traffic is back at the stable version") });
  });

  it("skips the performance check where people said so, and goes on", async () => {
    const at = await scene();
    const ran = await release(at, walked, 0, { skip_performance_check: "true", deployment_strategy: "blue-green" });
    expect([ran.code, ran.jobs["Deploy"], Object.keys(ran.jobs).filter((job) => job.startsWith("Performance"))]).toEqual([0, "success", []]);
    expect(ran.calls[0]?.args).toEqual(expect.arrayContaining(["--strategy", "blue-green"]));
  });

  it("deploys nothing where staging runs something else", async () => {
    const at = await scene(() => ({ body: { version: "1.2.2" } }));
    const ran = await release(at, walked, 0);
    expect([ran.code, ran.calls, at.registry.requests]).toEqual([1, [], []]);
    expect(ran.jobs["Enhanced smoke tests/Smoke tests"]).toBe("failure"); // here act ends the run, where GitHub would go on to Announce
  });

  it("stops at its inputs where they are commands", async () => {
    const at = await scene();
    const ran = await release(at, walked, 0, { release_version: '1.2.3$(touch pwned)"`' });
    expect([ran.code, ran.calls, ran.jobs["Validation"]]).toEqual([1, [], "failure"]);
    expect(ran.log).toContain("VERSION: is not a version");
  });
});
