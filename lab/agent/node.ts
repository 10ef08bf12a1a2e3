import type { Api } from "../api.ts";
import { Kinds } from "../resources.ts";
import { readKnobs, watchKnobs } from "./knobs.ts";
import { places } from "./plan.ts";
import { keyOf } from "./pod.ts";
import type { Pod } from "./pod.ts";
import { Runner } from "./runner.ts";
import { Watched } from "./watch.ts";

export interface NodeOptions {
  api: Api;
  /** Processes of one ReplicaSet at most; further pods share the fate of the first. */
  cap: number;
  knobs: string;
  logs: string;
}

/** The lab's only node: every pod of the cluster runs here. */
export class LabNode {
  readonly pods: Watched<Pod>;
  readonly runners = new Map<string, Runner>();
  private readonly options: NodeOptions;
  private readonly kinds: Kinds;
  private readonly stopping = new AbortController();
  private due = false;

  constructor(options: NodeOptions) {
    this.options = options;
    this.kinds = new Kinds(options.api);
    this.pods = new Watched(options.api, "/api/v1/pods", () => this.soon());
    watchKnobs(options.knobs, () => this.runners.forEach((runner) => runner.turn()), this.stopping.signal);
  }

  /** Runs until it is stopped. `listed` is called when it knows every pod. */
  async run(listed: () => void): Promise<void> {
    await this.pods.run(this.stopping.signal, listed);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.runners.values()].map((runner) => runner.end()));
  }

  /** Many changes at once cost one round. */
  private soon(): void {
    if (this.due) return;
    this.due = true;
    setImmediate(() => {
      this.due = false;
      this.round();
    });
  }

  private round(): void {
    if (this.stopping.signal.aborted) return;
    const { objects } = this.pods;
    const plan = places([...objects.values()], this.options.cap, (key) => this.runners.get(key)?.hasProcess ?? false);
    for (const [key, runner] of this.runners) {
      if (objects.has(key)) continue;
      this.runners.delete(key);
      void runner.end();
    }
    for (const [key, pod] of objects) this.runnerOf(key, pod).take(pod, plan.get(key), (other) => this.runners.get(other)?.health);
  }

  private runnerOf(key: string, pod: Pod): Runner {
    const { api, knobs, logs } = this.options;
    const runner = this.runners.get(key) ?? new Runner(pod, { api, kinds: this.kinds, logs, knobs: (of) => readKnobs(knobs, keyOf(of)), changed: () => this.soon() });
    this.runners.set(key, runner);
    return runner;
  }
}
