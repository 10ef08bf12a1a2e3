import type { RevisionInstruction } from "../../components/delivery/release-types.ts";
import type { Occurrence } from "./events.ts";
import { inSession } from "./session.ts";
import type { Session, SessionOptions } from "./session.ts";
import { standingOf } from "./standing.ts";
import type { Standing } from "./standing.ts";
import { routedIn } from "./routed.ts";
import { settled } from "./update.ts";

export interface SingleOptions extends SessionOptions {
  /** For the record and for people. */
  reason?: string | undefined;
  /** Id of the revision. @default the candidate; of `clear` the one that was rejected last; of `rollback` without a candidate the stable one */
  revision?: string | undefined;
}

/** What a command tells a release. */
interface Telling {
  /** The revision that is meant, where none is named. */
  revision(standing: Standing): string | undefined;
  instruction(service: string, id: string): RevisionInstruction;
  /** The last word when it is done. */
  done(standing: Standing, id: string, session: Session, service: string): Occurrence;
  /** What is announced of it; nothing where it is nobody else's business. */
  announced?(last: Occurrence, id: string, seconds: number): Occurrence | undefined;
}

/** Tells a service's release one thing, and brings that into the cluster. Drivers of the same service see it at their next look. */
async function tell(service: string, options: SingleOptions, telling: Telling): Promise<number> {
  return inSession([service], options, async (session) => {
    const { ports } = session;
    const began = ports.now();
    const end = async (occurrence: Occurrence): Promise<number> => {
      await ports.tell(service, occurrence);
      return occurrence.event === "failed" ? 1 : 0;
    };
    const standing = await standingNow(service, session);
    const id = standing && (options.revision ?? telling.revision(standing));
    const next = ports.commandLine("status", service);
    if (standing === undefined || id === undefined) return end({ event: "failed", message: `${service} has no revision that this could be about`, next });
    const failure = await settled(ports, [service], [telling.instruction(service, id)], { tries: 20 });
    if (failure !== undefined) return end({ event: "failed", message: failure, next });
    const last = telling.done(await standingNow(service, session) ?? standing, id, session, service);
    const gone = telling.announced === undefined ? ports.now() : (await routedIn(ports, [service]))[service] ?? ports.now();
    const announced = telling.announced?.(last, id, Math.max(0, Math.round((gone - began) * 10) / 10));
    if (announced !== undefined) session.announce(service, announced);
    return end(last);
  }, { announced: false });
}

async function standingNow(service: string, { ports: { stack } }: Session): Promise<Standing | undefined> {
  const release = (await stack.releases())[service];
  return release && standingOf(release);
}

/** `slipway rollback`: rejects the candidate, or the stable revision where there is none, and takes its traffic away. */
export function rollback(service: string, options: SingleOptions): Promise<number> {
  return tell(service, options, {
    revision: ({ candidate, stable }) => candidate?.id ?? stable.id,
    instruction: (name, id) => ({ service: name, id, action: "rollback", reason: options.reason ?? "rolled back by hand" }),
    done: ({ candidate, stable }, id, { ports }, name) => (
      [candidate?.id, stable.id].includes(id)
        ? { event: "failed", message: `${id} still has traffic: nothing else could take it`, next: ports.commandLine("status", name) }
        : { event: "done", image: stable.image, revision: stable.id }
    ),
    announced: ({ event }, id, seconds) => (event === "done" ? { event: "rolled-back", revision: id, reason: options.reason ?? "rolled back by hand", seconds } : undefined),
  });
}

/** `slipway hold`: the candidate gets no more traffic until somebody resumes; a breach still rolls it back. Exit code 0. */
export function hold(service: string, options: SingleOptions): Promise<number> {
  return tell(service, options, {
    revision: ({ candidate }) => candidate?.id,
    instruction: (name, id) => ({ service: name, id, action: "hold", reason: options.reason ?? "held by hand" }),
    done: ({ candidate, held: why }, id, { ports }, name) => (
      why === undefined
        ? { event: "failed", message: `${id} is not held: it is no candidate any more`, next: ports.commandLine("status", name) }
        : { event: "held", reason: "operator", detail: why, weight: candidate?.weight ?? 0, revision: id, next: ports.commandLine("resume", name) }
    ),
    announced: (last) => (last.event === "held" ? last : undefined),
  });
}

/** `slipway resume`: a held candidate may rise again. It starts no driver. */
export function resume(service: string, options: SingleOptions): Promise<number> {
  return tell(service, options, {
    revision: ({ candidate }) => candidate?.id,
    instruction: (name, id) => ({ service: name, id, action: "resume" }),
    done: ({ candidate, stable }) => ({ event: "done", image: candidate?.image ?? stable.image, revision: candidate?.id ?? stable.id }),
  });
}

/** `slipway clear`: takes a rejection back, so that the revision may start again. */
export function clear(service: string, options: SingleOptions): Promise<number> {
  return tell(service, options, {
    revision: ({ rejected: [rejection] }) => rejection?.id,
    instruction: (name, id) => ({ service: name, id, action: "clear" }),
    done: ({ candidate, stable }) => ({ event: "done", image: candidate?.image ?? stable.image, revision: candidate?.id ?? stable.id }),
  });
}
