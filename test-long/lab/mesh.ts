import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Api } from "../../lab/api.ts";
import type { KubernetesObject } from "../../lab/api.ts";
import { down } from "../../lab/down.ts";
import type { Lab } from "../../lab/folder.ts";
import { load } from "../../lab/load/load.ts";
import type { LoadOptions, Tally } from "../../lab/load/load.ts";
import { local } from "../../lab/parts/part.ts";
import { apply, Kinds } from "../../lab/resources.ts";
import { up } from "../../lab/up.ts";
import type { UpOptions } from "../../lab/up.ts";
import { HOST, NAMESPACE } from "./objects.ts";

/** A lab of its own in a temporary folder, with what tests ask of it. */
export class Mesh {
  readonly lab: Lab;
  readonly api: Api;
  private readonly kinds: Kinds;

  private constructor(lab: Lab) {
    this.lab = lab;
    this.api = new Api(lab);
    this.kinds = new Kinds(this.api);
  }

  static async open(options: UpOptions = {}): Promise<Mesh> {
    const folder = mkdtempSync(join(tmpdir(), "slipway-lab-"));
    try {
      return new Mesh(await up(join(folder, "lab"), options));
    } catch (error) {
      await down(join(folder, "lab"));
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Starts again what does not run. */
  async again(): Promise<void> {
    await up(this.lab.folder);
  }

  async close(): Promise<void> {
    this.api.close();
    await down(this.lab.folder);
    rmSync(join(this.lab.folder, ".."), { recursive: true, force: true });
  }

  async apply(objects: readonly KubernetesObject[]): Promise<void> {
    for (const object of objects) await apply(this.api, this.kinds, object, { manager: "test" });
  }

  /** The status of a Deployment. */
  async status(name: string): Promise<DeploymentStatus> {
    return (await this.api.call<{ status: DeploymentStatus }>("GET", `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/${name}`)).status;
  }

  send(options: Omit<LoadOptions, "port" | "host"> & { host?: string }): Promise<Tally> {
    return load({ port: this.lab.ports.http, host: HOST, ...options });
  }

  /** What Prometheus says now, by the labels of each series. */
  async ask(query: string): Promise<{ metric: Record<string, string>; value: number }[]> {
    const answer = await fetch(local(this.lab.ports.prometheus, `/api/v1/query?${new URLSearchParams({ query })}`));
    const { data }: { data: { result: { metric: Record<string, string>; value: [number, string] }[] } } = JSON.parse(await answer.text());
    return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }
}

export interface DeploymentStatus {
  observedGeneration?: number;
  replicas?: number;
  readyReplicas?: number;
  updatedReplicas?: number;
  availableReplicas?: number;
  conditions?: { type: string; status: string; reason: string }[];
}

/** Waits for a condition; @throws Error naming it after `seconds` */
export async function until(what: string, holds: () => Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await pause(100);
  }
}
