import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../free-port.ts";

/** Labels and annotations of an alert, as Prometheus sends it. */
export interface Firing {
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  startsAt?: string;
  endsAt?: string;
}

/** What Alertmanager does with an alert. */
export interface Known {
  labels: Record<string, string>;
  receivers: { name: string }[];
  status: { state: "active" | "suppressed" | "unprocessed"; inhibitedBy: string[] };
}

const NEEDS = "apt-get install prometheus-alertmanager";

/** An Alertmanager of this machine with one configuration, on the loopback. */
export class Alertmanager {
  readonly #process: ChildProcess;
  readonly #url: string;
  readonly #folder: string;
  #said = "";

  private constructor(process: ChildProcess, url: string, folder: string) {
    this.#process = process;
    this.#url = url;
    this.#folder = folder;
    for (const stream of [process.stdout, process.stderr]) stream?.on("data", (data: Buffer) => { this.#said += data.toString(); });
  }

  static async start(config: object): Promise<Alertmanager> {
    const folder = mkdtempSync(join(tmpdir(), "slipway-alertmanager-"));
    const file = join(folder, "alertmanager.yml");
    writeFileSync(file, JSON.stringify(config));
    const port = await freePort();
    const args = [`--config.file=${file}`, `--storage.path=${folder}`, `--web.listen-address=127.0.0.1:${port}`, "--cluster.listen-address=", "--log.level=debug"];
    const process = spawn("prometheus-alertmanager", args, { stdio: ["ignore", "pipe", "pipe"] });
    const started = new Alertmanager(process, `http://127.0.0.1:${port}`, folder);
    const failed = once(process, "error").then(([error]) => { throw new Error(`prometheus-alertmanager: cannot be started, got ${String(error)}; ${NEEDS}`); });
    await Promise.race([failed, started.until("is ready", async () => (await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => undefined))?.ok)]);
    return started;
  }

  /** Everything that it logged. */
  get said(): string {
    return this.#said;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      this.#process.kill("SIGTERM");
      await once(this.#process, "exit");
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async fire(alerts: readonly Firing[]): Promise<void> {
    const { ok, status } = await fetch(`${this.#url}/api/v2/alerts`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(alerts) });
    if (!ok) throw new Error(`Alertmanager refuses alerts: ${status}`);
  }

  async alerts(): Promise<Known[]> {
    const answer = await fetch(`${this.#url}/api/v2/alerts`);
    const known: Known[] = JSON.parse(await answer.text());
    return known;
  }

  /** The alerts, once Alertmanager knows so many and has settled on a state for each. */
  async settled(count: number): Promise<Known[]> {
    return this.until(`knows ${count} alerts`, async () => {
      const known = await this.alerts();
      return known.length === count && known.every(({ status }) => status.state !== "unprocessed") ? known : undefined;
    });
  }

  /** Asks until there is an answer. @throws with what Alertmanager said, after half a minute. */
  async until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
    const end = Date.now() + 30_000;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      if (this.#process.exitCode !== null || Date.now() > end) throw new Error(`Alertmanager never ${what}: ${this.#said.slice(-3000)}`);
      await pause(50);
    }
  }
}

/** What amtool says of a configuration. */
export function checkConfig(config: object): { code: number | null; said: string } {
  const folder = mkdtempSync(join(tmpdir(), "slipway-amtool-"));
  try {
    writeFileSync(join(folder, "alertmanager.yml"), JSON.stringify(config));
    const { error, status, stderr, stdout } = spawnSync("amtool", ["check-config", "alertmanager.yml"], { cwd: folder, encoding: "utf8" });
    if (error !== undefined) throw new Error(`amtool: cannot be started, got ${error.message}; ${NEEDS}`);
    return { code: status, said: `${stdout}${stderr}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
