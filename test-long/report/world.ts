import axe from "axe-core";
import type { AxeResults } from "axe-core";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { Page } from "playwright-core";

/** A Prometheus in which every series of the service is one half. */
export async function answering(): Promise<Server> {
  const server = createServer((request, response) => {
    const parameters = new URL(request.url ?? "", "http://127.0.0.1").searchParams;
    const metric = { namespace: "shop", service: "shop", objective: "availability" };
    response.setHeader("content-type", "application/json").end(JSON.stringify({ status: "success", data: { resultType: "vector", result: [{ metric, value: [Number(parameters.get("time")), "0.5"] }] } }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

export function address(prometheus: Server): string {
  const bound = prometheus.address();
  if (typeof bound !== "object" || bound === null) throw new Error("the Prometheus of the test does not listen");
  return `http://127.0.0.1:${bound.port}`;
}

/** Everything that axe finds wrong with the open page. */
export async function violations(page: Page): Promise<string[]> {
  // The page's policy allows no script, so the judge comes by the browser's own way.
  await page.evaluate(axe.source);
  const { violations: found }: AxeResults = await page.evaluate("axe.run(document)");
  return found.map(({ help, nodes }) => `${help}: ${nodes.slice(0, 3).map(({ html }) => html).join(" ")}`);
}
