import { expect, test } from "@jest/globals";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { load, quantile } from "../../lab/load/load.ts";

async function serving<T>(answer: (at: number) => number, work: (port: number) => Promise<T>): Promise<T> {
  let at = 0;
  const server = createServer((_request, response) => void response.writeHead(answer(at++), { "x-version": "v1" }).end("{}"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  try {
    return await work(typeof address === "object" ? (address?.port ?? 0) : 0);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("a load counts what came back by status and version", async () => {
  const tally = await serving((at) => (at % 10 === 0 ? 500 : 200), (port) => load({ port, host: "shop.example", requests: 100 }));
  expect(tally).toMatchObject({ requests: 100, failed: 10, byStatus: { 200: 90, 500: 10 }, byVersion: { v1: 100 } });
  expect(tally.latencies).toHaveLength(100);
});

test("a load with a rate takes its time", async () => {
  const began = performance.now();
  await serving(() => 200, (port) => load({ port, host: "shop.example", requests: 21, rate: 100 }));
  expect(performance.now() - began).toBeGreaterThanOrEqual(199);
});

test("a load ends when it is told to", async () => {
  const stop = new AbortController();
  const tally = await serving(() => 200, (port) => load({ port, host: "shop.example", rate: 50, connections: 2, signal: stop.signal, answered: () => stop.abort() }));
  expect(tally.requests).toBeLessThanOrEqual(2);
});

test("no answer is a failure of status 0", async () => {
  const port = await serving(() => 200, (open) => Promise.resolve(open));
  expect(await load({ port, host: "shop.example", requests: 3 })).toMatchObject({ requests: 3, failed: 3, byStatus: { 0: 3 } });
});

test("a quantile is a time that was measured, and nothing without answers", () => {
  expect(quantile([5, 1, 3, 2, 4], 0.5)).toBe(3);
  expect(quantile([5, 1, 3, 2, 4], 1)).toBe(5);
  expect(quantile([], 0.95)).toBeNaN();
});
