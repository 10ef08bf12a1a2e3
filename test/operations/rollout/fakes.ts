import { planReleases } from "../../../components/delivery/plan.ts";
import type { Instruction, Release, Strategy } from "../../../components/delivery/release-types.ts";
import type { RolloutSettings } from "../../../components/delivery/rollout-settings.ts";
import type { Occurrence } from "../../../operations/rollout/events.ts";
import { begin } from "../../../operations/rollout/begin.ts";
import type { Begun, Wanted } from "../../../operations/rollout/begin.ts";
import { courseOf } from "../../../operations/rollout/course.ts";
import type { CourseOptions } from "../../../operations/rollout/course.ts";
import { drive } from "../../../operations/rollout/driver.ts";
import type { RolloutStack } from "../../../operations/rollout/stack.ts";
import type { Member, Ports } from "../../../operations/rollout/track.ts";
import type { Judgement, Verdict } from "../../../operations/gate/types.ts";
import type { Watch } from "../../../operations/rollout/watch.ts";
import { ROLLOUT, settings } from "../../delivery/service-fixtures.ts";

export const START = Date.UTC(2026, 10, 21, 12) / 1000;
export const CANARY: Strategy = { kind: "canary", stages: [10, 50, 100], retain: 1 };
export const BLUE_GREEN: Strategy = { kind: "blue-green", retain: 1 };
export const SILENCE = { silence: { holdAfter: 120, rollBackAfter: 1800, muteAfter: 90 } };

export function image(digit: string, service = "shop"): string {
  return `ghcr.io/acme/${service}@sha256:${digit.repeat(64)}`;
}

/** How far an update gets: both stores, the cluster alone, the record alone (which `unready` is too, since the weight waits for the pods), or neither. */
export type Fate = "whole" | "killed" | "failed" | "nothing" | "locked" | "unready";

const FAILURES = { unready: "update failed: 2 errors occurred", killed: "signal: killed", failed: "update failed", nothing: "no route to host", locked: "the stack is currently locked by 1 lock(s)" } as const;

/** Time that passes only where somebody waits. */
export class Clock {
  now = START;
}

/** A stack whose updates are decided by the real release machine, and reach a record and a cluster as far as their fate lets them. */
export class FakeStack implements RolloutStack {
  readonly name = "test";
  record: Record<string, Release> = {};
  /** Weights by service and revision. */
  cluster: Record<string, Record<string, number>> = {};
  /** What the stack's file names. */
  readonly configured: Record<string, string>;
  readonly updates: { instructions: readonly Instruction[]; fate: Fate }[] = [];
  /** Fates of the next updates; whole when there is none left. */
  fates: Fate[] = [];
  strategy: Strategy;
  /** When each service's routes changed, and which revisions' pods are not ready, as the engine keeps it: Unix seconds. */
  readonly routed: Record<string, number> = {};
  readonly unready: { service: string; id: string; at: number }[] = [];
  /** Seconds that an update takes after the weights have moved. */
  draining = 0;
  /** Errors of the next reads. */
  unreadable: Error[] = [];

  readonly clock: Clock;
  readonly services: readonly string[];

  constructor(clock: Clock, strategy: Strategy, services: readonly string[] = ["shop"]) {
    this.clock = clock;
    this.services = services;
    this.strategy = strategy;
    this.configured = Object.fromEntries(services.map((service) => [service, image("a", service)]));
    this.apply(services, [], "whole");
  }

  async releases(): Promise<Record<string, Release>> {
    const error = this.unreadable.shift();
    if (error !== undefined) throw error;
    return structuredClone(this.record);
  }

  async update(services: readonly string[], instructions: readonly Instruction[]): Promise<string | undefined> {
    return this.apply(services, instructions, this.fates.shift() ?? "whole");
  }

  apply(services: readonly string[], instructions: readonly Instruction[], fate: Fate): string | undefined {
    this.updates.push({ instructions, fate });
    this.clock.now += 3;
    const plan = planReleases({
      services: Object.fromEntries(this.services.map((service) => [service, settings({ strategy: this.strategy, image: { from: "digest", reference: this.configured[service] ?? "" } })])),
      images: this.configured,
      asked: Object.fromEntries(instructions.flatMap((each) => (each.action === "release" ? [[each.service, each.image]] : []))),
      recorded: this.record,
      instructions,
      fingerprint: (key) => key,
      now: new Date(this.clock.now * 1000),
    });
    for (const [service, { decision: { outcome, recordsOnly, release, unproven } }] of Object.entries(plan.services)) {
      if (!services.includes(service)) continue;
      if (!recordsOnly && (fate === "whole" || fate === "killed")) {
        this.cluster[service] = Object.fromEntries(release.revisions.map(({ id, weight }) => [id, weight]));
        this.routed[service] = this.clock.now;
        this.clock.now += this.draining;
      }
      if (fate === "unready") this.unready.push(...release.revisions.filter(({ id }) => this.cluster[service]?.[id] === undefined).map(({ id }) => ({ service, id, at: this.clock.now })));
      // A revision without a verdict is recorded only when its pods are ready; an update with an instruction leaves the older record.
      const waits = unproven && (instructions.length === 0 ? fate === "failed" || fate === "unready" : outcome?.kind !== "done");
      if (!waits && (fate === "whole" || fate === "failed" || fate === "unready")) this.record[service] = JSON.parse(JSON.stringify(release));
    }
    return fate === "whole" ? undefined : FAILURES[fate];
  }

  async exported(): Promise<unknown> {
    const time = (at: number): string => new Date(at * 1000).toISOString();
    return {
      deployment: {
        resources: [
          ...Object.entries(this.routed).map(([service, at]) => ({ urn: `urn:pulumi:test::slipway::kubernetes:networking.istio.io/v1:VirtualService::${service}-traffic-routes`, type: "kubernetes:networking.istio.io/v1:VirtualService", modified: time(at) })),
          ...this.unready.map(({ at, id, service }) => ({ urn: `urn:pulumi:test::slipway::kubernetes:apps/v1:Deployment::${service}-${id}-deployment`, type: "kubernetes:apps/v1:Deployment", modified: time(at), initErrors: ["1 of 2 pods are available"] })),
        ],
      },
    };
  }

  async resolve(_: string, reference: string): Promise<string> {
    return reference;
  }

  async live(): Promise<Record<string, unknown>> {
    return {};
  }

  async close(): Promise<void> {}

  /** Weights of the record, the stable revision first. */
  recorded(service = "shop"): number[] {
    return (this.record[service]?.revisions ?? []).filter(({ role }) => role !== "retained").map(({ weight }) => weight);
  }

  candidate(service = "shop"): string {
    return this.record[service]?.revisions.find(({ role }) => role === "candidate")?.id ?? "";
  }

  /** Whether the cluster has what is recorded. */
  agrees(service = "shop"): boolean {
    const live = Object.fromEntries((this.record[service]?.revisions ?? []).map(({ id, weight }) => [id, weight]));
    return JSON.stringify(live) === JSON.stringify(this.cluster[service]);
  }
}

export function judgement(verdict: Verdict, more: Partial<Judgement> = {}): Judgement {
  const why = { pass: "200 requests and nothing against the candidate", breach: "errors 10 % in the last 200, limit 5 %", "not-enough": "3 of 100 requests", "no-answer": "unreachable: nobody is there" }[verdict];
  return { verdict, why, samples: 200, indicators: [], silentSeconds: 0, ...(verdict === "no-answer" && { reason: "unreachable" }), ...more };
}

/** What a scripted gate says at a weight; `looks` counts those at this weight, from 1. */
export type Script = (weight: number, looks: number, service: string, at: number) => Judgement | Promise<Judgement>;

export const HEALTHY: Script = () => judgement("pass");

function scripted(script: Script, service: string): Watch {
  let last: number | undefined;
  let looks = 0;
  return {
    async look(at, weight) {
      looks = weight === last ? looks + 1 : 1;
      last = weight;
      return script(weight, looks, service, at);
    },
  };
}

/** Everything around a driver, for a test to steer. */
export class World {
  readonly clock = new Clock();
  readonly stack: FakeStack;
  readonly told: { service: string; occurrence: Occurrence }[] = [];
  readonly stopping = new AbortController();
  stop: "operator" | "time" | undefined;
  /** What happens at the next pauses, in their order. */
  readonly at: (() => void)[] = [];
  readonly ports: Ports;
  pauses: number[] = [];

  constructor(strategy: Strategy = CANARY, services: readonly string[] = ["shop"]) {
    this.stack = new FakeStack(this.clock, strategy, services);
    this.ports = {
      stack: this.stack,
      now: () => this.clock.now,
      pause: async (seconds) => {
        this.pauses.push(seconds);
        if (this.pauses.length > 1000) throw new Error("the driver does not end");
        this.clock.now += this.stop === undefined ? seconds : 0;
        this.at.shift()?.();
      },
      tell: async (service, occurrence) => void this.told.push({ service, occurrence }),
      stopped: () => this.stop,
      signal: this.stopping.signal,
      commandLine: (name, service) => `slipway ${name} ${service} --stack test`,
    };
  }

  end(why: "operator" | "time"): void {
    this.stop = why;
    this.stopping.abort();
  }

  wanted(digit: string | undefined = "b"): Wanted[] {
    return this.stack.services.map((service) => ({ service, usual: this.stack.strategy, ...(digit !== undefined && { image: image(digit, service) }) }));
  }

  member(service: string, { standing, strategy, updated }: Extract<Begun, { kind: "candidate" }>, script: Script, { options = {}, settings: change = {}, smoke = async () => [] }: Going = {}): Member {
    const rollout: RolloutSettings = { ...ROLLOUT, dwellSeconds: 30, bakeSeconds: 60, approval: "none", ...change };
    return { service, brought: updated ? standing.candidate?.weight : undefined, course: courseOf(standing.candidate?.id ?? "", strategy, rollout, options), policy: SILENCE, watch: scripted(script, service), smoke: () => smoke() };
  }

  /** Begins and drives, as the command does. */
  async run(script: Script = HEALTHY, going: Going & { digit?: string } = {}): Promise<Occurrence[]> {
    const begun = await begin(this.wanted(going.digit), this.ports);
    const over = begun.flatMap((each) => (each.kind === "over" ? [each.occurrence] : []));
    const members = begun.flatMap((each, index) => (each.kind === "candidate" ? [this.member(this.stack.services[index] ?? "", each, script, going)] : []));
    return [...over, ...(members.length === 0 ? [] : await drive(members, this.ports))];
  }

  /** What was told, without the gate's looks. */
  story(service = "shop"): Occurrence[] {
    return this.told.filter((each) => each.service === service && each.occurrence.event !== "gate").map(({ occurrence }) => occurrence);
  }
}

export interface Going {
  options?: CourseOptions;
  settings?: Partial<RolloutSettings>;
  smoke?: () => Promise<string[]>;
}
