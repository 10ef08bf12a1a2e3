import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./until.ts";
import { freePort } from "../free-port.ts";

/** A series and its newest sample. */
export interface Sample {
  labels: Record<string, string>;
  /** Seconds since 1970. */
  at: number;
  value: number;
}

export interface Prometheus {
  url: string;
  /** The newest sample of each series that the query selects within the minute before the moment; now, where none is named. */
  newest(selector: string): Promise<Sample[]>;
  /** What an expression is at the moment, seconds since 1970. */
  ask(expression: string, at?: number): Promise<Sample[]>;
  stop(): Promise<void>;
}

/** The Prometheus of this machine over a folder, whose `data` may hold blocks already; it listens on this machine alone. */
export async function startPrometheus(folder: string, configuration: object): Promise<Prometheus> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(configuration));
  const args = ["--config.file=prometheus.yml", "--storage.tsdb.path=data", "--storage.tsdb.retention.time=90d", `--web.listen-address=127.0.0.1:${port}`, "--log.level=warn"];
  const child = spawn("prometheus", args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk));
  child.on("error", ({ message }) => (said += message));
  const stop = async (): Promise<void> => {
    if (child.pid === undefined || child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  await until("prometheus", 60, async () => {
    if (child.exitCode !== null || child.pid === undefined) throw new Error(`prometheus: cannot be started, got ${said.trim() || "no such program"}; apt-get install prometheus`);
    return fetch(`${url}/-/ready`).then(({ ok }) => ok || undefined, () => undefined);
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    url,
    stop,
    newest: async (selector) => samples(await query(url, `${selector}[1m]`)),
    ask: async (expression, at) => samples(await query(url, expression, at)),
  };
}

interface Answer {
  status: string;
  error?: string;
  data: { result: { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }[] };
}

async function query(url: string, expression: string, at?: number): Promise<Answer["data"]> {
  const body = new URLSearchParams({ query: expression, ...(at !== undefined && { time: `${at}` }) });
  const response = await fetch(`${url}/api/v1/query`, { method: "POST", body });
  const { data, error, status }: Answer = JSON.parse(await response.text());
  if (status !== "success") throw new Error(`${expression}: ${error}`);
  return data;
}

function samples({ result }: Answer["data"]): Sample[] {
  return result.map(({ metric, value, values }) => {
    const [at, text] = value ?? values?.at(-1) ?? [Number.NaN, "NaN"];
    return { labels: metric, at, value: Number(text) };
  });
}
