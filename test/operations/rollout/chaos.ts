import { askedNow } from "../../../components/delivery/ask.ts";
import type { Instruction, Release, RevisionInstruction, Strategy } from "../../../components/delivery/release-types.ts";
import { isRejected } from "../../../components/delivery/parts.ts";
import { nextStage, stagesOf } from "../../../components/delivery/stages.ts";
import { begin } from "../../../operations/rollout/begin.ts";
import { courseOf } from "../../../operations/rollout/course.ts";
import { drive } from "../../../operations/rollout/driver.ts";
import type { Occurrence } from "../../../operations/rollout/events.ts";
import type { Ports } from "../../../operations/rollout/track.ts";
import type { Watch } from "../../../operations/rollout/watch.ts";
import { ROLLOUT } from "../../delivery/service-fixtures.ts";
import { Clock, FakeStack, image, judgement, SILENCE } from "./fakes.ts";
import type { Fate } from "./fakes.ts";

/** What happens between two steps of a driver. */
export type Event =
  /** Of the driver that is at work, now or as soon as a rejection is recorded that still has traffic. */
  | { kind: "kill"; when: "now" | "rolling-back" }
  | { kind: "signal" }
  | { kind: "second-driver" }
  | { kind: "nothing" | "kill-engine" | "unreadable" }
  | { kind: "up"; fate: Fate }
  /** Of the drivers' next updates. */
  | { kind: "fates"; fates: Fate[] }
  | { kind: "commit"; digit: string }
  | { kind: "tell"; action: Exclude<RevisionInstruction["action"], "advance">; fate: Fate }
  | { kind: "gate"; says: "well" | "bad" | "silent" };

export interface Setting {
  strategy: Strategy;
  /** A command names the image; else a commit does. */
  asked: boolean;
  /** Somebody has to promote it after the first stage, and does when the driver has asked. */
  approval: boolean;
  events: Event[];
}

class Killed extends Error {}

/** What one driver has seen: of its candidate, at how many looks of one weight, and whether the last of them was a pass. */
interface Seen { weight: number | undefined; looks: number; pass: boolean; answered: boolean; breach: boolean }

const SHOP = ["shop"];

/** Drivers of one release, and everything that happens around them; each law that is broken throws. */
export class Chaos {
  readonly met = new Set<string>();
  private readonly clock = new Clock();
  private readonly stack: FakeStack;
  private readonly events: Event[];
  private readonly setting: Setting;
  /** The most that verdicts and people allow each revision. */
  private readonly allowed = new Map<string, number>();
  private gate: "well" | "bad" | "silent" = "well";
  private approved: boolean;
  private doomed = false;
  private calls = 0;
  private second: Promise<unknown> | undefined;

  constructor(setting: Setting) {
    this.setting = setting;
    this.events = [...setting.events];
    this.approved = !setting.approval;
    this.stack = new FakeStack(this.clock, setting.strategy, SHOP);
    for (const { id } of this.release.revisions) this.allowed.set(id, 100);
    if (!setting.asked) this.stack.configured["shop"] = image("b");
  }

  /** Drivers come one after the other until one comes to an end and nothing is left to happen. */
  async run(): Promise<void> {
    for (let drivers = 0; drivers < 100; drivers += 1) {
      const last = await this.driver();
      await this.second;
      this.second = undefined;
      if (last === undefined) continue;
      this.met.add(last.event === "rolled-back" ? "rolled back" : last.event);
      if (last.event === "held" && last.reason === "approval") this.approved = true;
      if (last.event === "failed" && /cancelled|took the place/.test(last.message)) this.met.add("cancelled");
      if (this.events.length === 0 && this.calm(last)) return;
    }
    throw new Error("it does not come to an end");
  }

  /** Whether everything is at its end; else what keeps it is taken away. */
  private calm(last: Occurrence): boolean {
    this.gate = "well";
    if (this.release.stage.kind === "held") this.tell({ kind: "tell", action: "resume", fate: "whole" });
    if (last.event === "held" || this.candidate !== undefined) return false;
    this.apply([], "whole");
    if (this.candidate !== undefined) return false;
    must(this.stack.agrees(), "the cluster has what is recorded");
    const [stable] = this.release.revisions;
    must(stable?.weight === 100, "somebody serves");
    const configured = this.stack.configured["shop"] ?? "";
    const wanted = askedNow(this.release, configured)?.image ?? configured;
    if (stable?.image === wanted) this.met.add("ended at 100 %");
    else must(this.release.rejected.length > 0, "what is wanted serves, unless it was rejected");
    return true;
  }

  /** One driver from its start to its end; undefined when it was killed. */
  private async driver(): Promise<Occurrence | undefined> {
    const seen: Seen = { weight: undefined, looks: 0, pass: false, answered: false, breach: false };
    let stop: "operator" | undefined;
    let dead = false;
    const stopping = new AbortController();
    const die = (how: string): never => {
      dead = true;
      this.met.add(how);
      throw new Killed();
    };
    const meet = (here: string): void => {
      if (dead) throw new Killed();
      if (++this.calls > 20_000) throw new Error("a driver does not end");
      if (this.doomed && this.candidate !== undefined && isRejected(this.release.rejected, this.candidate.id)) {
        this.doomed = false;
        die("killed in a rollback");
      }
      const event = this.events.shift();
      if (event === undefined) {
        if (this.release.stage.kind === "held" && here === "pause") this.calm({ event: "failed", message: "", next: "" });
        if (this.gate !== "well") this.gate = "well";
        return;
      }
      if (event.kind === "kill") {
        this.doomed ||= event.when === "rolling-back";
        if (event.when === "now") die("killed");
        return;
      }
      if (event.kind === "signal") {
        stop = "operator";
        stopping.abort();
        this.met.add("signal");
        return;
      }
      if (event.kind !== "second-driver") return this.happen(event);
      if (this.second === undefined) {
        this.met.add("second driver");
        this.second = this.driver();
      }
    };
    const ports: Ports = {
      stack: {
        name: "test",
        releases: async () => (meet("releases"), this.stack.releases()),
        exported: () => this.stack.exported(),
        live: () => this.stack.live(),
        resolve: (service, reference) => this.stack.resolve(service, reference),
        close: () => this.stack.close(),
        update: async (_, instructions) => {
          meet("update");
          const failure = this.apply(instructions, this.stack.fates.shift() ?? "whole", seen);
          meet("updated");
          return failure;
        },
      },
      now: () => this.clock.now,
      pause: async (seconds) => {
        this.clock.now += seconds;
        meet("pause");
      },
      tell: async () => meet("tell"),
      stopped: () => stop,
      signal: stopping.signal,
      commandLine: (name) => name,
    };
    try {
      const [begun] = await begin([{ service: "shop", usual: this.setting.strategy, ...(this.setting.asked && { image: image("b") }) }], ports);
      if (begun === undefined) throw new Error("nothing was begun");
      if (begun.kind === "over") return begun.occurrence;
      const id = begun.standing.candidate?.id ?? "";
      const options = this.approved ? { autoPromote: true } : {};
      const course = courseOf(id, begun.strategy, { ...ROLLOUT, dwellSeconds: 20, bakeSeconds: 20 }, options);
      const [last] = await drive([{ service: "shop", course, brought: begun.standing.candidate?.weight, policy: SILENCE, watch: this.watch(id, seen, meet), smoke: async () => [] }], ports);
      return last;
    } catch (error) {
      if (error instanceof Killed) return undefined;
      throw error;
    }
  }

  /** A gate that passes at its third look at one weight, and forgets nothing that was bad. */
  private watch(id: string, seen: Seen, meet: (here: string) => void): Watch {
    let silentSince: number | undefined;
    return {
      look: async (at, weight) => {
        meet("look");
        const real = this.stack.cluster["shop"]?.[id] ?? 0;
        must(this.gate === "silent" || real === 0 || weight <= real, `what is seen at ${real} % is taken for evidence at ${weight} %`);
        // Where requests should arrive and none does, nothing is heard of the candidate.
        const mute = real === 0 && weight > 0;
        seen.looks = seen.weight !== weight ? 1 : seen.looks + (mute ? 0 : 1);
        seen.weight = weight;
        seen.breach ||= this.gate === "bad" && real > 0;
        silentSince = mute || this.gate === "silent" ? silentSince ?? at : undefined;
        seen.answered = silentSince === undefined;
        seen.pass = !seen.breach && seen.answered && seen.looks > 2;
        if (seen.breach) return judgement("breach");
        if (silentSince !== undefined) return judgement("no-answer", { silentSeconds: at - silentSince, reason: mute ? "silent" : "timeout" });
        return judgement(seen.pass ? "pass" : "not-enough");
      },
    };
  }

  private happen(event: Exclude<Event, { kind: "kill" } | { kind: "signal" } | { kind: "second-driver" }>): void {
    switch (event.kind) {
      case "kill-engine":
        this.stack.fates.push("killed");
        return;
      case "fates":
        this.stack.fates.push(...event.fates);
        return;
      case "unreadable":
        this.stack.unreadable.push(new Error("away"));
        this.met.add("unreadable");
        return;
      case "commit":
        this.stack.configured["shop"] = image(event.digit);
        return;
      case "gate":
        this.gate = event.says;
        return;
      case "up":
        this.apply([], event.fate);
        return;
      case "tell":
        this.tell(event);
        return;
      case "nothing":
        return;
      default:
        return event satisfies never;
    }
  }

  /** An operator's command. */
  private tell({ action, fate }: Extract<Event, { kind: "tell" }>): void {
    const id = action === "clear" ? this.release.rejected[0]?.id : this.candidate?.id;
    if (id === undefined) return;
    if (action === "hold") this.met.add("held");
    if (action === "promote") this.met.add("promoted by hand");
    this.apply([{ service: "shop", id, action, reason: "by hand" }], fate, "a person");
  }

  /** One update by somebody, and the laws that hold for it. */
  private apply(instructions: readonly Instruction[], fate: Fate, by?: Seen | "a person"): string | undefined {
    const before = this.release;
    const clusterBefore = this.stack.cluster["shop"] ?? {};
    const [told] = instructions;
    if (told?.action === "advance" || told?.action === "promote") this.allow(told, before, by);
    const failure = this.stack.apply(SHOP, instructions, fate);
    const after = this.release;
    if (fate === "failed" && told?.action === "advance") this.met.add("rise failed");
    if (!this.stack.agrees() && after !== before) this.met.add("record ahead");
    this.judge(told, before, clusterBefore, after);
    return failure;
  }

  /** What a driver that rises, or a person, allows the candidate. */
  private allow(told: Extract<Instruction, { action: "advance" | "promote" }>, before: Release, by: Seen | "a person" | undefined): void {
    const candidate = before.revisions.find(({ id, role }) => id === told.id && role === "candidate");
    if (candidate === undefined || isRejected(before.rejected, told.id) || before.stage.kind === "held") return;
    const target = told.action === "advance" ? told.stage : 100;
    if (by === "a person") return void this.allowed.set(told.id, 100);
    // What a driver tries again, or does twice, asks for nothing new.
    if (target <= (this.allowed.get(told.id) ?? 0) && candidate.weight < 100) return;
    must(target <= candidate.weight || (by !== undefined && by.weight === candidate.weight && (by.pass || (candidate.weight === 0 && by.answered))), `from ${candidate.weight} to ${target} % without a pass there`);
    must(told.action === "promote" || target <= candidate.weight || target === nextStage(this.setting.strategy, candidate.weight), "one stage at a time");
    must(this.approved || candidate.weight >= 100 || !this.setting.approval, "nobody has approved");
    this.allowed.set(told.id, Math.max(this.allowed.get(told.id) ?? 0, target));
  }

  private judge(told: Instruction | undefined, before: Release, clusterBefore: Record<string, number>, after: Release): void {
    const first = stagesOf(this.setting.strategy)[0] ?? 100;
    for (const { id, role } of after.revisions) if (role === "candidate" && before.revisions.every((each) => each.id !== id || each.role === "retained")) this.allowed.set(id, first);
    must(after.revisions.reduce((sum, { weight }) => sum + weight, 0) === 100, "weights add up");
    const cluster = this.stack.cluster["shop"] ?? {};
    must(Object.values(cluster).reduce((sum, weight) => sum + weight, 0) === 100, "weights of the cluster add up");
    const stable = new Set([before, after].map(({ revisions }) => revisions[0]?.id));
    for (const [id, weight] of Object.entries(cluster)) {
      const had = clusterBefore[id] ?? 0;
      if (stable.has(id)) continue;
      must(weight <= Math.max(had, this.allowed.get(id) ?? first), `${id} has ${weight} of ${this.allowed.get(id)}`);
      must(weight <= had || !isRejected(before.rejected, id), `${id} was rejected and rises`);
    }
    for (const { id, weight } of after.revisions) {
      const had = before.revisions.find((each) => each.id === id)?.weight ?? 0;
      must(weight <= had || stable.has(id) || weight <= (this.allowed.get(id) ?? 0), `${id} is recorded with ${weight}`);
      must(weight <= had || !isRejected(before.rejected, id) || told?.action === "clear", `${id} was rejected and is recorded with more`);
    }
  }

  private get release(): Release {
    const release = this.stack.record["shop"];
    if (release === undefined) throw new Error("no release");
    return release;
  }

  private get candidate(): Release["revisions"][number] | undefined {
    return this.release.revisions.find(({ role }) => role === "candidate");
  }
}

function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}
