import { repository } from "../test/workflows/repository.ts";
import { serve } from "../test/workflows/serve.ts";
import type { Answer, Server } from "../test/workflows/serve.ts";
import type { Ran } from "./act/log.ts";
import { fakeStack } from "./act/stack.ts";
import { stage } from "./act/stage.ts";
import type { Stage } from "./act/stage.ts";

const digest = `sha256:${"a".repeat(64)}`;

/** Figures of a healthy service, with other ones for the whole of it or for the candidate alone. */
interface Figures {
  canary?: Record<string, string>;
  all?: Record<string, string>;
}

interface Promotion extends Ran {
  room: Stage;
  grafana: Server;
  calls: string[][];
}

function kindOf(query: string): string {
  if (query.includes("histogram_quantile")) return "time";
  if (query.includes("5..")) return "errors";
  return query.includes("[123]") ? "successes" : "requests";
}

async function promote({ canary, all }: Figures, inputs: Record<string, string> = {}): Promise<Promotion> {
  const healthy: Record<string, string> = { requests: "1200", errors: "0.2", time: "180", successes: "99.8" };
  const prometheus = await serve(({ body }): Answer => {
    const query = new URLSearchParams(String(body)).get("query") ?? "";
    const value = { ...healthy, ...(query.includes('destination_version="r2"') ? canary : all) }[kindOf(query)];
    return { body: { status: "success", data: { resultType: "vector", result: value === "" ? [] : [{ metric: {}, value: [1, value] }] } } };
  });
  const [service, grafana] = [await serve((): Answer => ({ body: {} })), await serve((): Answer => ({ body: {} }))];
  const registry = await serve((): Answer => ({ headers: { "docker-content-digest": digest } }));
  const image = `${registry.url.slice("http://".length)}/acme/shop`;
  const { shop } = repository().services;
  if (!shop) throw new Error("the repository has no service");
  const room = await stage({
    repository: { services: { shop: { ...shop, image, host: undefined } } },
    workflows: { enhancedSmokeTests: { targets: { canary: { url: service.url } } }, canaryPromote: { stableMinutes: 1, grafana: {} } },
  });
  for (const tag_name of ["v1.2.2", "v1.2.3"]) room.github.release({ tag_name });
  const stack = fakeStack({
    status: { lines: [{ stable: { revision: "r1", image: "i", weight: 90 }, candidate: { revision: "r2", image: `${image}@${digest}`, weight: 10 } }] },
    promote: { lines: [{ event: "stage", stage: 2, weight: 100 }, { event: "done", image: `${image}@${digest}` }] },
    rollback: { lines: [{ event: "done", image: "i" }] },
  });
  const ran = await room.run("canary-promote.yml", {
    inputs: { canary_version: "1.2.3", promote_immediately: "true", ...inputs },
    secrets: { PROMETHEUS_URL: prometheus.url, GRAFANA_API_KEY: "key" },
    vars: { GRAFANA_URL: grafana.url },
    repositories: { "acme/slipway": stack.repository },
  });
  return { ...ran, room, grafana, calls: stack.calls().map(({ args }) => args) };
}

describe("canary-promote.yml", () => {
  it("gives a healthy canary all traffic, watches it, and marks the release", async () => {
    const { code, jobs, calls, grafana, room } = await promote({});
    expect([code, Object.values(jobs).every((result) => result === "success")]).toEqual([0, true]);
    expect(calls.map(([command, , , , , , ...rest]) => [command, ...rest.slice(0, 1)])).toEqual([["status"], ["promote", "--now"]]);
    expect(grafana.calls()).toEqual(["POST /api/annotations", "POST /api/dashboards/db"]);
    expect(room.github.issues).toMatchObject([{ title: "Rollout of shop 1.2.3 (production)", state: "closed" }]);
  });

  it("takes it back where a limit is broken while it is watched", async () => {
    const { code, jobs, calls, grafana, room } = await promote({ all: { errors: "7.5" } });
    expect([code, jobs["Promote"]]).toEqual([1, "failure"]);
    expect(calls.map(([command]) => command)).toEqual(["status", "promote", "rollback"]);
    expect(grafana.requests).toEqual([]);
    expect(room.github.issues.length).toBeGreaterThan(0);
  });

  it("promotes nothing that breaks a limit, nor where Prometheus has no data", async () => {
    for (const canary of [{ time: "2400" }, { errors: "" }, { requests: "NaN" }]) {
      const { code, jobs, calls } = await promote({ canary });
      expect([code, jobs["Health and metrics"], jobs["Promote"]]).toEqual([1, "failure", undefined]);
      expect(calls.map(([command]) => command)).toEqual(["status"]);
    }
  });
});
