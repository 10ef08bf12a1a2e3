import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { LATENCY_BOUNDS_MS } from "../../components/kubernetes/mesh-annotations.ts";

/** What a revision does with its requests. */
export interface Behaviour {
  /** Share that fails, 0 – 1. */
  failing: number;
  /** Milliseconds that every request takes. */
  milliseconds: number;
}

export interface FakeMesh {
  url: string;
  /** How revisions behave, by id; others are healthy. */
  behaviour: Record<string, Behaviour>;
  /** What is answered instead of figures; "" brings them back. */
  broken: string;
  /** Requests that each revision has met, and those that failed. */
  counted: Record<string, { requests: number; failures: number }>;
  close(): void;
}

const HEALTHY: Behaviour = { failing: 0.002, milliseconds: 80 };

/** Prometheus' HTTP API over counters of requests that follow the cluster's weights, as a mesh would count them. */
export async function fakeMesh(weights: () => Record<string, number>, perSecond: number): Promise<FakeMesh> {
  let last = Date.now();
  const mesh: FakeMesh = { url: "", behaviour: {}, broken: "", counted: {}, close: () => server.close() };
  const flow = (): void => {
    const seconds = (Date.now() - last) / 1000;
    last = Date.now();
    for (const [id, weight] of Object.entries(weights())) {
      const counted = (mesh.counted[id] ??= { requests: 0, failures: 0 });
      const requests = (perSecond * seconds * weight) / 100;
      counted.requests += requests;
      counted.failures += requests * (mesh.behaviour[id] ?? HEALTHY).failing;
    }
  };
  const ticking = setInterval(flow, 100);
  const series = (query: string): { metric: Record<string, string>; value: number }[] => {
    const wanted = /destination_version=~"([^"]*)"/.exec(query)?.[1]?.split("|") ?? [];
    return Object.entries(mesh.counted).filter(([id]) => wanted.includes(id)).flatMap(([id, { failures, requests }]) => {
      const metric = { destination_version: id, pod: `${id}-0`, instance: "127.0.0.1:15020" };
      if (query.includes("timestamp(")) return [{ metric: { destination_version: id }, value: Date.now() / 1000 }];
      if (query.includes("_bucket")) {
        const { milliseconds } = mesh.behaviour[id] ?? HEALTHY;
        return [...LATENCY_BOUNDS_MS.map(String), "+Inf"].map((le) => ({ metric: { ...metric, le }, value: le === "+Inf" || Number(le) >= milliseconds ? Math.round(requests) : 0 }));
      }
      if (query.includes('response_code=~"5.."')) return [{ metric, value: Math.round(failures) }];
      return [{ metric, value: Math.round(requests) }];
    });
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (mesh.broken !== "") return void response.end(mesh.broken);
    const range = url.pathname.endsWith("query_range");
    const result = range ? [] : series(url.searchParams.get("query") ?? "").map(({ metric, value }) => ({ metric, value: [Number(url.searchParams.get("time")), String(value)] }));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ status: "success", data: { resultType: range ? "matrix" : "vector", result } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.on("close", () => clearInterval(ticking));
  const { port } = server.address() as AddressInfo;
  mesh.url = `http://127.0.0.1:${port}`;
  return mesh;
}
