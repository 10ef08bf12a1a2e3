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

type Point = [number, string];

/** Of an instant query, or of a range. */
interface Answer {
  status: string;
  data: { resultType: string; result: { metric: Record<string, string>; value?: Point; values?: Point[] }[] };
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
      return changed(body, ([time]) => [[time, "NaN"]]);
    case "stale":
      // The driver asks for the time of each series' last scrape.
      return url.includes("timestamp") ? changed(body, ([time, value]) => [[time, String(Number(value) - STALE)]]) : body;
    default:
      return fault satisfies never;
  }
}

/** Each point as it is changed; a series whose points are gone is gone. */
function changed(body: string, change: (point: Point) => Point[]): string {
  const answer: Answer = JSON.parse(body);
  const result = answer.data.result.flatMap(({ metric, value, values }) => {
    const points = (values ?? (value ? [value] : [])).flatMap(change);
    const [first] = points;
    if (first === undefined) return [];
    return [values ? { metric, values: points } : { metric, value: first }];
  });
  return JSON.stringify({ ...answer, data: { ...answer.data, result } });
}
