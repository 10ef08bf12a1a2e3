import { join } from "node:path";
import { Refused } from "../api.ts";
import type { Api } from "../api.ts";
import type { Knobs } from "../demo/knobs.ts";
import { apply } from "../resources.ts";
import type { Kinds } from "../resources.ts";
import { workloadEntry } from "./entry.ts";
import { environmentOf, reader } from "./environment.ts";
import { Life } from "./life.ts";
import { Outbox } from "./outbox.ts";
import type { Place } from "./plan.ts";
import { mainContainer } from "./pod.ts";
import type { Pod } from "./pod.ts";
import { CREATING, doneStatus, podStatus } from "./pod-status.ts";
import type { Health } from "./pod-status.ts";

export interface RunnerOptions {
  api: Api;
  kinds: Kinds;
  /** Where the apps' output goes. */
  logs: string;
  knobs: (pod: Pod) => Partial<Knobs>;
  /** The pod's health changed, which those that share it have to know. */
  changed: () => void;
}

/** One pod on this node: its process or the fate it shares, its status and its entry in the mesh. */
export class Runner {
  health: Health = { ...CREATING, since: new Date().toISOString() };
  private pod: Pod;
  private readonly options: RunnerOptions;
  private life: Life | undefined;
  private leaving: Promise<void> | undefined;
  private readonly status: Outbox<object>;
  private readonly entry: Outbox<Record<string, number> | null>;

  constructor(pod: Pod, options: RunnerOptions) {
    this.pod = pod;
    this.options = options;
    const { name, namespace = "" } = pod.metadata;
    const { api, kinds } = options;
    const own = `/namespaces/${namespace}/pods/${name}`;
    this.status = new Outbox((status) => api.call("PATCH", `/api/v1${own}/status`, { status }, "application/merge-patch+json"));
    this.entry = new Outbox((ports) => (ports === null
      ? absent(api.call("DELETE", `/apis/networking.istio.io/v1/namespaces/${namespace}/workloadentries/${name}`))
      : apply(api, kinds, workloadEntry(this.pod, ports), { manager: "slipway-lab", force: true })));
    if (pod.spec.nodeName === undefined) void absent(api.call("POST", `/api/v1${own}/binding`, { apiVersion: "v1", kind: "Binding", metadata: { name }, target: { apiVersion: "v1", kind: "Node", name: "lab" } }));
  }

  get hasProcess(): boolean {
    return this.life !== undefined;
  }

  /** Takes the pod as the API server has it now, and the place that the plan gives it. */
  take(pod: Pod, place: Place | undefined, healthOf: (key: string) => Health | undefined): void {
    this.pod = pod;
    if (this.leaving) return;
    if (pod.metadata.deletionTimestamp !== undefined) {
      this.leaving = this.leave(pod.metadata.deletionGracePeriodSeconds ?? 0);
    } else if ((pod.spec.restartPolicy ?? "Always") !== "Always") {
      if (pod.status?.phase !== "Succeeded") this.status.put(doneStatus(pod, this.health.since));
    } else if (place?.kind === "shared") {
      this.health = healthOf(place.with) ?? this.health;
      this.report();
    } else if (place?.kind === "own") {
      this.life ??= this.begin();
    }
  }

  turn(): void {
    this.life?.turn(this.options.knobs(this.pod));
  }

  /** Ends the process at once, for a node that stops or a pod that is gone. */
  async end(): Promise<void> {
    await (this.leaving ?? this.life?.stop(0));
  }

  private begin(): Life {
    const { api, knobs, logs } = this.options;
    const { name, namespace = "" } = this.pod.metadata;
    return new Life({
      pod: this.pod,
      // The label by which the mesh tells revisions, so that answers and metrics name them alike.
      environment: async () => ({ LAB_VERSION: this.pod.metadata.labels?.["version"] ?? "", ...(await environmentOf(mainContainer(this.pod), reader(api, namespace))) }),
      knobs: () => knobs(this.pod),
      log: join(logs, `${namespace}.${name}.log`),
      changed: () => this.lived(),
    });
  }

  private lived(): void {
    if (this.life === undefined) return;
    this.health = this.life.health;
    this.report();
    this.options.changed();
  }

  /** The mesh is told first: when the pod is called ready, requests can come. */
  private report(): void {
    if (this.life) this.entry.put(this.health.ready ? this.life.ports : null);
    const status = podStatus(this.pod, this.health);
    void this.entry.empty().then(() => this.status.put(status));
  }

  private async leave(seconds: number): Promise<void> {
    this.entry.put(null);
    await this.life?.stop(seconds);
    await Promise.all([this.entry.empty(), this.status.empty()]);
    const { name, namespace = "", uid } = this.pod.metadata;
    await absent(this.options.api.call("DELETE", `/api/v1/namespaces/${namespace}/pods/${name}`, { gracePeriodSeconds: 0, preconditions: { uid } }));
  }
}

/** What is gone already, or was done by another hand, is as it should be. */
async function absent(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Refused) || ![404, 409].includes(error.code)) throw error;
  }
}
