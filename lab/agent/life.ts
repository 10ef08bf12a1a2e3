import { setTimeout as pause } from "node:timers/promises";
import type { Knobs } from "../demo/knobs.ts";
import { startApp } from "./app.ts";
import type { App } from "./app.ts";
import { ConfigurationError } from "./environment.ts";
import { mainContainer } from "./pod.ts";
import type { Pod, Probe } from "./pod.ts";
import { CREATING } from "./pod-status.ts";
import type { Health } from "./pod-status.ts";
import { askProbe } from "./probe.ts";
import { probing, starting, wait } from "./prober.ts";

/** The first pause after a crash, and the longest, seconds; a kubelet's are 10 and 300. */
const BACK_OFF = [1, 30] as const;

export interface LifeOptions {
  pod: Pod;
  /** Asked before each start, since what it reads may have come meanwhile. @throws ConfigurationError where something is missing */
  environment: () => Promise<Record<string, string>>;
  knobs: () => Partial<Knobs>;
  log: string;
  changed: () => void;
}

/** The process of one pod: started, probed, restarted after a crash with longer and longer pauses, and ended with grace. */
export class Life {
  health: Health = { ...CREATING, since: new Date().toISOString() };
  /** The local port of each of the container's ports; empty where no process listens. */
  ports: Record<string, number> = {};
  private readonly options: LifeOptions;
  private readonly stopping = new AbortController();
  private app: App | undefined;
  private readonly ended: Promise<void>;

  constructor(options: LifeOptions) {
    this.options = options;
    this.ended = this.run();
  }

  turn(knobs: Partial<Knobs>): void {
    this.app?.turn(knobs);
  }

  /** Ends the process within the pod's grace period, `seconds`; at once with 0. Nothing is sent to it from the beginning on. */
  async stop(seconds: number): Promise<void> {
    this.stopping.abort();
    this.set({ ready: false });
    const sleep = Math.min(seconds, mainContainer(this.options.pod).lifecycle?.preStop?.sleep?.seconds ?? 0);
    if (this.app) await Promise.race([pause(sleep * 1000), this.app.ended]);
    this.app?.kill(seconds === 0 ? "SIGKILL" : "SIGTERM");
    const force = setTimeout(() => this.app?.kill("SIGKILL"), (seconds - sleep) * 1000);
    await this.app?.ended;
    clearTimeout(force);
    await this.ended;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const environment = await this.options.environment();
        if (this.stopping.signal.aborted) return;
        await this.once(environment);
      } catch (error) {
        if (!(error instanceof ConfigurationError)) process.stderr.write(`${this.options.pod.metadata.name}: ${String(error)}\n`);
        const message = error instanceof Error ? error.message : String(error);
        this.set({ waiting: { reason: "CreateContainerConfigError", message } });
        await wait(1, this.stopping.signal);
      }
    }
  }

  /** One run of the app, and the pause after it. */
  private async once(environment: Record<string, string>): Promise<void> {
    const { log, pod } = this.options;
    const ports = mainContainer(pod).ports ?? [];
    const app = await startApp({ environment, log, pod: pod.metadata.name, ports: ports.map(({ name, containerPort }) => name ?? String(containerPort)) });
    const code = typeof app === "number" ? app : await this.lived(app);
    this.ports = {};
    this.app = undefined;
    if (this.stopping.signal.aborted) return this.set({ ready: false });
    const { restarts } = this.health;
    const last = { exitCode: code, finishedAt: new Date().toISOString() };
    const seconds = Math.min(BACK_OFF[1], BACK_OFF[0] * 2 ** restarts);
    this.set({ ready: false, started: false, last, waiting: { reason: "CrashLoopBackOff", message: `back-off ${seconds}s restarting failed container` } });
    await wait(seconds, this.stopping.signal);
    this.set({ restarts: restarts + 1 });
  }

  private async lived(app: App): Promise<number> {
    const { pod } = this.options;
    this.app = app;
    this.ports = app.ports;
    app.turn(this.options.knobs());
    const over = new AbortController();
    const until = AbortSignal.any([over.signal, this.stopping.signal]);
    this.set({ waiting: undefined, startedAt: new Date().toISOString() });
    if (this.stopping.signal.aborted) app.kill("SIGTERM");
    else void this.probed(pod, app, until);
    const code = await app.ended;
    over.abort();
    return code;
  }

  private async probed(pod: Pod, app: App, until: AbortSignal): Promise<void> {
    const { livenessProbe, ports = [], readinessProbe, startupProbe } = mainContainer(pod);
    const portOf = (wanted: number | string) => app.ports[ports.find(({ containerPort, name }) => wanted === name || wanted === containerPort)?.name ?? String(wanted)];
    const ask = (probe: Probe) => () => askProbe(probe, portOf);
    const unhealthy = () => void (until.aborted || app.kill("SIGKILL"));
    if (startupProbe && !(await starting(startupProbe, ask(startupProbe), until))) return unhealthy();
    this.set({ started: true, ready: readinessProbe === undefined });
    const ready = readinessProbe && probing(readinessProbe, false, ask(readinessProbe), (passed) => this.set({ ready: passed }), until);
    const alive = livenessProbe && probing(livenessProbe, true, ask(livenessProbe), unhealthy, until);
    await Promise.all([ready, alive]);
  }

  private set(change: Partial<Health>): void {
    const turned = change.ready !== undefined && change.ready !== this.health.ready;
    this.health = { ...this.health, ...change, ...(turned && { since: new Date().toISOString() }) };
    this.options.changed();
  }
}
