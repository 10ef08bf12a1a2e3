import type { Occurrence } from "./events.ts";
import { nextStep } from "./next.ts";
import type { Step } from "./next.ts";
import { seenBy } from "./track.ts";
import type { Ports, Track } from "./track.ts";

/** What a last word needs to know besides the track itself. */
export interface Ending {
  /** Why the group ended; absent where nothing is left to do. */
  step?: Extract<Step, { kind: "end" }> | undefined;
  /** Unix seconds of the evidence, where this driver rolled back. */
  evidence?: number | undefined;
  /** Unix seconds at which the cluster got its routes, by service. @default now */
  routed?: Readonly<Record<string, number>> | undefined;
  /** All services of the group. */
  services: readonly string[];
}

/** The last word on one member, from what is recorded of it: it was rolled back only where its rejection is on record. */
export function lastWord(track: Track, { evidence, routed = {}, services, step }: Ending, ports: Ports): Occurrence {
  const { member: { course: { id: revision }, service }, standing: { candidate, held, rejected, stable } } = track;
  if (candidate?.id === revision && step !== undefined) {
    const next = step.reason === "operator" && held !== undefined ? ports.commandLine("resume", service) : ports.commandLine(step.reason === "approval" ? "promote" : "rollout", services.join(" "));
    return { event: "held", reason: step.reason, weight: candidate.weight, revision, detail: step.detail, next };
  }
  if (stable.id === revision) return { event: "done", image: stable.image, revision };
  const rejection = rejected.find(({ id }) => id === revision);
  if (rejection !== undefined) return rolledBack(rejection, routed[service] ?? ports.now(), evidence);
  const last = nextStep(track.standing, track.member.course, seenBy(track, ports));
  return { event: "failed", message: last.kind === "gone" ? last.why : `${revision} is in flight, and nobody goes on with it`, next: ports.commandLine("status", service) };
}

/** A rejected revision whose traffic has been gone since then, Unix seconds: its pods may take longer to go. */
export function rolledBack({ at, id, reason }: { at: string; id: string; reason: string }, gone: number, evidence = Infinity): Occurrence {
  const from = Math.min(evidence, Date.parse(at) / 1000);
  return { event: "rolled-back", reason, seconds: Math.max(0, Math.round((gone - from) * 10) / 10), revision: id };
}
