import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** How a Prometheus can be wrong. */
export const FAULTS = ["slow", "empty", "nan", "html", "error", "stale", "cut off"] as const;

export type Fault = (typeof FAULTS)[number];

/** Longer than the driver waits for an answer, milliseconds. */
const SLOW = 11_000;

/** Seconds by which the scrapes of a stale Prometheus are older than they were. */
const STALE = 120;

interface Answer {
  status: string;
  data: { resultType: string; result: { metric: Record<string, string>; value: [number, string] }[] };
}

/** In front of a real Prometheus: what it answers is handed on, or spoilt. */
export class PrometheusProxy {
  url = "";
  /** What is wrong with it; undefined: nothing. */
  fault: Fault | undefined;
  /** Called with each question. */
  asked: () => void = () => {};
  private readonly behind: string;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  private constructor(behind: string) {
    this.behind = behind;
  }

  static async open(behind: string): Promise<PrometheusProxy> {
    const proxy = new PrometheusProxy(behind);
    await new Promise<void>((resolve) => proxy.server.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.server.address() as AddressInfo;
    proxy.url = `http://127.0.0.1:${port}`;
    return proxy;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer({ url = "/" }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { fault } = this;
    this.asked();
    response.setHeader("content-type", fault === "html" ? "text/html" : "application/json");
    try {
      const behind = await fetch(`${this.behind}${url}`);
      const body = await behind.text();
      if (fault === "slow") await pause(SLOW);
      response.statusCode = fault === "error" ? 503 : behind.status;
      if (fault === "cut off") response.setHeader("content-length", body.length).write(body.slice(0, body.length / 2), () => response.destroy());
      else response.end(fault === undefined ? body : spoilt(body, url, fault));
    } catch {
      // As a Prometheus that is not there.
      response.destroy();
    }
  }
}

function spoilt(body: string, url: string, fault: Exclude<Fault, "cut off">): string {
  switch (fault) {
    case "slow":
      return body;
    case "html":
      return "<html><body>sign in</body></html>";
    case "error":
      return JSON.stringify({ status: "error", errorType: "unavailable", error: "too many requests" });
    case "empty":
      return changed(body, () => []);
    case "nan":
      return changed(body, (result) => result.map((series) => ({ ...series, value: [series.value[0], "NaN"] })));
    case "stale":
      // The driver asks for the time of each series' last scrape.
      return url.includes("timestamp") ? changed(body, (result) => result.map((series) => ({ ...series, value: [series.value[0], String(Number(series.value[1]) - STALE)] }))) : body;
    default:
      return fault satisfies never;
  }
}

/** Range queries are left as they are: nothing is decided by them alone. */
function changed(body: string, change: (result: Answer["data"]["result"]) => Answer["data"]["result"]): string {
  const answer: Answer = JSON.parse(body);
  if (answer.data.resultType !== "vector") return body;
  return JSON.stringify({ ...answer, data: { ...answer.data, result: change(answer.data.result) } });
}
