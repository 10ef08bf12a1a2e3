import type { Release } from "../../components/delivery/release-types.ts";
import { stagesOf } from "../../components/delivery/stages.ts";
import { decide } from "../gate/judge.ts";
import type { GatePolicy, Judgement } from "../gate/types.ts";
import type { Occurrence } from "./events.ts";
import { dwellAt } from "./next.ts";
import type { Course, Seen } from "./next.ts";
import type { RolloutStack } from "./stack.ts";
import { unlessStopped } from "./stopping.ts";
import { standingOf } from "./standing.ts";
import type { Standing } from "./standing.ts";
import type { Watch } from "./watch.ts";

/** One service of a rollout. */
export interface Member {
  service: string;
  course: Course;
  /** The weight that an update has just brought into the cluster; absent: nobody knows, and the driver sees to it first. */
  brought?: number | undefined;
  policy: Pick<GatePolicy, "silence">;
  watch: Watch;
  /** Runs the smoke checks and resolves to those that failed. */
  smoke(): Promise<string[]>;
}

/** Everything outside of the driver. */
export interface Ports {
  stack: RolloutStack;
  /** Unix seconds. */
  now(): number;
  /** Ends early when the driver is told to stop. */
  pause(seconds: number): Promise<void>;
  tell(service: string, occurrence: Occurrence): Promise<void>;
  /** Why the driver has to end, if it has to. */
  stopped(): Seen["stop"];
  /** Aborted as soon as it has to. */
  signal: AbortSignal;
  /** A command line that goes on, for people. */
  commandLine(name: "rollout" | "promote" | "rollback" | "resume" | "status" | "clear", service: string): string;
}

/** One member on its way. */
export interface Track {
  member: Member;
  standing: Standing;
  judgement?: Judgement | undefined;
  smokeFailures?: string[] | undefined;
  /** Why the last update left its pods unready. */
  unready?: string | undefined;
  /** The weight that was told last. */
  told?: number | undefined;
}

export function beginning(member: Member): Track {
  return { member, standing: { stable: { id: "", image: "", weight: 100 }, retained: [], since: 0, rejected: [] } };
}

/** The track as the stack records it now. */
export function standingIn(track: Track, releases: Readonly<Record<string, Release>>): Track {
  const release = releases[track.member.service];
  return release === undefined ? track : { ...track, standing: standingOf(release) };
}

/**
 * The track after one look of its gate; says where it stands, and what the gate says. While the cluster may lack what is recorded (`unsettled`),
 * what is seen counts for the weight before, and for none where there was none.
 */
export async function look(track: Track, ports: Ports, unsettled: boolean): Promise<Track> {
  const { member: { course, service, watch }, standing: { candidate, since } } = track;
  if (candidate?.id !== course.id || (unsettled && track.told === undefined)) return track;
  const weight = unsettled ? track.told ?? candidate.weight : candidate.weight;
  if (track.told !== weight) {
    const until = new Date((since + dwellAt(weight, course)) * 1000).toISOString();
    const stage = stagesOf(course.strategy).filter((each) => each <= weight).length;
    await ports.tell(service, weight === 100 ? { event: "baking", revision: course.id, until } : { event: "stage", stage: Math.max(1, stage), weight, revision: course.id, until: weight === 0 ? undefined : until });
  }
  const judgement = await unlessStopped(ports.signal, () => watch.look(ports.now(), weight));
  if (judgement === undefined) return { ...track, told: weight };
  const { indicators, samples, verdict, why } = judgement;
  await ports.tell(service, { event: "gate", verdict, samples, indicators, why });
  return { ...track, told: weight, judgement };
}

/** What is known now of a track. */
export function seenBy({ judgement, member: { course, policy }, smokeFailures, standing: { candidate, since }, unready }: Track, ports: Ports): Seen {
  const now = ports.now();
  const stage = { since, now, dwellSeconds: dwellAt(candidate?.weight ?? 0, course) };
  return { now, action: judgement && decide(judgement, stage, policy), answered: judgement !== undefined && judgement.verdict !== "no-answer", why: judgement?.why ?? "", smokeFailures, unready, stop: ports.stopped() };
}
