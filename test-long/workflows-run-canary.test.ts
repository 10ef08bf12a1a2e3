import { repository } from "../test/workflows/repository.ts";
import { serve } from "../test/workflows/serve.ts";
import type { Answer, Server } from "../test/workflows/serve.ts";
import type { Ran } from "./act/log.ts";
import { fakeStack } from "./act/stack.ts";
import { stage } from "./act/stage.ts";
import type { Stage } from "./act/stage.ts";

const image = `sha256:${"a".repeat(64)}`;
const started = { event: "started", image: "i", strategy: "canary", stages: [10, 100], resumed: false };
const stages = [started, { event: "stage", stage: 1, weight: 10 }];
const approval = [...stages, { event: "held", reason: "approval", weight: 10, next: "npm run slipway -- promote shop" }];

interface Canary {
  room: Stage;
  service: Server;
  deploy(events: readonly object[], exit: number, inputs?: Record<string, string>): Promise<Ran & { calls: string[][] }>;
}

async function canary(version = "1.2.3"): Promise<Canary> {
  const service = await serve((): Answer => ({ body: { version } }));
  const registry = await serve((): Answer => ({ headers: { "docker-content-digest": image } }));
  const { shop } = repository().services;
  if (!shop) throw new Error("the repository has no service");
  const room = await stage({
    repository: { services: { shop: { ...shop, image: `${registry.url.slice("http://".length)}/acme/shop` } } },
    workflows: {
      enhancedSmokeTests: { targets: { canary: { url: service.url } }, endpoints: [{ path: "/", json: { version: "{version}" } }] },
      canaryDeployment: { smokeTarget: "canary" },
    },
  });
  for (const tag_name of ["v1.2.2", "v1.2.3"]) room.github.release({ tag_name });
  return {
    room,
    service,
    deploy: async (events, exit, inputs = {}) => {
      const stack = fakeStack({ rollout: { lines: events, exit }, rollback: { lines: [{ event: "done", image: "i" }] } });
      const ran = await room.run("canary-deployment.yml", {
        inputs: { version_to_deploy: "1.2.3", canary_percentage: "20", rollout_duration: "24", auto_promote: "false", ...inputs },
        repositories: { "acme/slipway": stack.repository },
        env: { GITHUB_WORKFLOW_REF: "acme/shop/.github/workflows/canary-deployment.yml@refs/heads/main" }, // act does not say
      });
      return { ...ran, calls: stack.calls().map(({ args }) => args) };
    },
  };
}

describe("canary-deployment.yml", () => {
  it("gives the first share, tests it, and waits: the issue says how to go on", async () => {
    const { room, deploy } = await canary();
    const ran = await deploy(approval, 0);
    expect([ran.code, ran.jobs]).toEqual([0, { Readiness: "success", Canary: "success", Announce: "success" }]);
    expect(ran.calls.map(([command, , , , , , ...rest]) => [command, ...rest])).toEqual([["rollout", "--strategy", "canary", "--first-stage", "20", "--duration", "24h", "--leave-after", "330m", "--json"]]);
    expect(room.github.issues).toMatchObject([{ title: "Rollout of shop 1.2.3 (production)", state: "open", labels: [{ name: "canary" }], body: expect.stringContaining("npm run slipway -- promote shop") }]);
  });

  it("goes on to production where people asked for it", async () => {
    const { deploy } = await canary();
    const ran = await deploy(approval, 0, { auto_promote: "true" });
    expect(ran.jobs).toMatchObject({ Canary: "success", Production: "success" });
    expect(ran.calls.map((args) => args.includes("--auto-promote"))).toEqual([false, true]);
  });

  it("takes the candidate back where its smoke tests fail", async () => {
    const { room, deploy } = await canary("1.2.2");
    const ran = await deploy(approval, 0, { auto_promote: "true" });
    expect([ran.code, ran.jobs]).toEqual([1, { Readiness: "success", Canary: "failure", Announce: "success" }]);
    expect(ran.calls.map(([command]) => command)).toEqual(["rollout", "rollback"]);
    expect(ran.calls[1]).toEqual(["rollback", "shop", "--stack", "production", "--reason", "the smoke tests of the first share failed", "--json"]);
    expect(room.github.issues[0]?.state).toBe("open");
  });

  it("goes on in another run where the driver's time is over", async () => {
    const { room, deploy } = await canary();
    const ran = await deploy([...stages, { event: "held", reason: "time", weight: 10 }], 0);
    expect(ran.jobs).toEqual({ Readiness: "success", Canary: "success", "Go on in another run": "success", Announce: "success" });
    expect(room.github.dispatches).toMatchObject([{ workflow: "canary-deployment.yml", ref: "main", inputs: { version_to_deploy: "1.2.3", canary_percentage: "20" } }]);
  });

  it("refuses a share beyond 50 % before anything moves", async () => {
    const { deploy } = await canary();
    const ran = await deploy(approval, 0, { canary_percentage: "51" });
    expect([ran.jobs["Canary"], ran.calls]).toEqual(["failure", []]);
    expect(ran.log).toContain("FIRST_STAGE: is not a whole number from 5 to 50");
  });
});
