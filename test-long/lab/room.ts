import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Knobs } from "../../lab/demo/knobs.ts";
import { kubeconfigFile } from "../../lab/folder.ts";
import { local } from "../../lab/parts/part.ts";
import { OneService } from "../one-service.ts";
import type { Finished } from "../one-service.ts";
import { Drive } from "./drive.ts";
import type { Command } from "./drive.ts";
import { until } from "./mesh.ts";
import type { Mesh } from "./mesh.ts";
import { Traffic } from "./traffic.ts";

export interface LabRoomOptions {
  /** Settings of the rollout, as YAML. @default short times and few requests */
  rollout?: string;
  /** Stages of the canary, as YAML. @default [10, 50, 100] */
  stages?: string;
  /** Address of Prometheus. @default the lab's own */
  prometheus?: string;
}

const QUICK = "{ dwellSeconds: 5, lookSeconds: 5, bakeSeconds: 0, minimumRequests: 50, approval: none }";

/** A stack with one service in a namespace of its own, in a lab that several share. */
export class LabRoom {
  readonly stack: OneService;
  readonly host: string;
  /** The revision that is there before any rollout. */
  first = "";
  /** Seconds that the first update took. */
  seconds = 0;
  private readonly mesh: Mesh;
  private readonly namespace: string;

  constructor(mesh: Mesh, namespace: string, { prometheus = local(mesh.lab.ports.prometheus), rollout = QUICK, stages = "[10, 50, 100]" }: LabRoomOptions = {}) {
    this.mesh = mesh;
    this.namespace = namespace;
    this.host = `${namespace}.example.com`;
    this.stack = new OneService({
      namespace, prometheus, rollout, stages,
      traffic: `{ exposure: { kind: gateway, hosts: [${this.host}], tls: { mode: plaintext, reason: the lab's gateway has no certificate } } }`,
      environment: { SLIPWAY_SANDBOX_CLUSTER: kubeconfigFile(mesh.lab.folder) },
    });
  }

  /** Brings the first revision up, and waits until the gateway leads to it. */
  async open(): Promise<this> {
    this.stack.configure("a");
    const began = performance.now();
    done(await this.stack.up());
    this.seconds = (performance.now() - began) / 1000;
    this.first = Object.keys(this.stack.weights())[0] ?? "";
    await this.answering();
    return this;
  }

  async answering(): Promise<void> {
    await until(`${this.host} answers`, async () => (await this.send(1)).failed === 0);
  }

  /** So many requests, as fast as they come back. */
  send(requests: number) {
    return this.mesh.send({ host: this.host, requests });
  }

  /** Requests a second until they are stopped. */
  flow(rate: number): Traffic {
    return new Traffic((options) => this.mesh.send({ ...options, host: this.host, connections: 64 }), rate);
  }

  /** Starts a command of the driver. */
  drive(command: Command, ...more: string[]): Drive {
    return new Drive(this.stack, command, more);
  }

  /** The candidate that the cluster has; undefined where there is none. */
  candidate(): string | undefined {
    return Object.keys(this.stack.weights()).find((id) => id !== this.first);
  }

  /** Per cent that the cluster's route gives the candidate. */
  weight(): number {
    return this.stack.weights()[this.candidate() ?? ""] ?? 0;
  }

  /** How every revision but the first behaves, those that come later too. */
  turn(knobs: Partial<Knobs>): void {
    const write = (name: string, each: Partial<Knobs>) => writeFileSync(join(this.mesh.lab.folder, "knobs", `${this.namespace}.${name}.json`), JSON.stringify(each));
    const calm = Object.fromEntries(Object.keys(knobs).map((name) => [name, name === "crashAfterMs" ? -1 : name === "neverReady" ? false : 0]));
    write(`shop-${this.first}`, calm);
    write("shop", knobs);
  }

  leave(): void {
    this.stack.leave();
  }
}

/** An image by a digest that repeats one hexadecimal digit. */
export function image(digit: string): string {
  return `ghcr.io/acme/shop@sha256:${digit.repeat(64)}`;
}

/** The whole output is what explains a command that failed. */
export function done({ code, output }: Finished): void {
  if (code !== 0) throw new Error(`exit code ${code}:\n${output}`);
}
