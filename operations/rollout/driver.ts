import type { Instruction } from "../../components/delivery/release-types.ts";
import { LOOK_SECONDS } from "../gate/policy.ts";
import type { Occurrence } from "./events.ts";
import { nextStep } from "./next.ts";
import { together } from "./together.ts";
import type { GroupStep } from "./together.ts";
import { beginning, look, read, seenBy } from "./track.ts";
import type { Member, Ports, Track } from "./track.ts";
import { settled } from "./update.ts";

/** Takes the members through their stages, together, until nothing is left to do. Resolves to the last word on each. */
export async function drive(members: readonly Member[], ports: Ports): Promise<Occurrence[]> {
  const services = members.map(({ service }) => service);
  const last: Occurrence[] = [];
  let fell: { reason: string; at: number } | undefined;
  let tracks = members.map(beginning);
  const end = async (of: (track: Track) => Occurrence): Promise<Occurrence[]> => {
    for (const track of tracks) {
      const occurrence = of(track);
      last.push(occurrence);
      await ports.tell(track.member.service, occurrence);
    }
    return last;
  };
  for (;;) {
    tracks = await read(tracks, ports);
    tracks = await Promise.all(tracks.map((track) => look(track, ports)));
    const step: GroupStep = together(tracks.map((track) => nextStep(track.standing, track.member.course, seenBy(track, ports))));
    switch (step.kind) {
      case "done":
        return end(({ standing, member }) => ({ event: "done", image: standing.stable.image, revision: member.course.id }));
      case "gone":
        return end(({ member }) => {
          const revision = member.course.id;
          return fell === undefined
            ? { event: "failed", message: step.why, next: ports.commandLine("status", member.service) }
            : { event: "rolled-back", reason: fell.reason, seconds: Math.round((ports.now() - fell.at) * 10) / 10, revision };
        });
      case "end":
        return end(({ member, standing }) => ({
          event: "held", reason: step.reason, weight: standing.candidate?.weight ?? 0, revision: member.course.id, detail: step.detail,
          next: ports.commandLine(step.reason === "approval" ? "promote" : step.reason === "operator" && standing.held !== undefined ? "resume" : "rollout", member.service),
        }));
      case "smoke":
        for (const of of step.of) {
          const track = tracks[of];
          if (track !== undefined) track.smokeFailures = await track.member.smoke();
        }
        break;
      case "look":
        await ports.pause(LOOK_SECONDS);
        break;
      case "roll-back": {
        fell ??= { reason: step.reason, at: ports.now() };
        const failure = await settled(ports, services, tracks.flatMap((track): Instruction[] => fallOf(track, step)), { tries: 20 });
        if (failure !== undefined) return end(({ member }) => ({ event: "failed", message: `it could not be rolled back: ${failure}`, next: ports.commandLine("rollback", member.service) }));
        break;
      }
      case "rise": {
        const instructions = step.steps.flatMap(({ of, step: { kind, ...rest } }): Instruction[] => {
          const track = tracks[of];
          if (track === undefined) return [];
          const { member: { service, course: { id } } } = track;
          return ["stage" in rest ? { service, id, action: "advance", stage: rest.stage } : { service, id, action: "promote" }];
        });
        const failure = await settled(ports, services, instructions, { tries: 5 });
        if (failure !== undefined) return end(({ member }) => ({ event: "failed", message: failure, next: ports.commandLine("rollout", member.service) }));
        break;
      }
      default:
        return step satisfies never;
    }
  }
}

/** A rejection for each candidate that is there; the plain update after it takes the weight away. */
function fallOf({ member: { service, course }, standing: { candidate, rejected } }: Track, { reason }: Extract<GroupStep, { kind: "roll-back" }>): Instruction[] {
  if (candidate?.id !== course.id || rejected.some(({ id }) => id === course.id)) return [];
  return [{ service, id: course.id, action: "rollback", reason: reason.slice(0, 500) }];
}
