import type { Instruction } from "../../components/delivery/release-types.ts";
import type { Occurrence } from "./events.ts";
import { nextStep } from "./next.ts";
import { recorded } from "./recorded.ts";
import { routedIn } from "./routed.ts";
import { unlessStopped } from "./stopping.ts";
import { together } from "./together.ts";
import type { GroupStep } from "./together.ts";
import { beginning, look, seenBy, standingIn } from "./track.ts";
import type { Member, Ports, Track } from "./track.ts";
import { unreadyIn } from "./unready.ts";
import { patience, PAUSE, settled } from "./update.ts";
import { lastWord } from "./words.ts";

/** Failures of updates that move traffic up, at one weight, and of those that take it away. */
const RISES = 5;
const FALLS = 20;

/** Instead of the weight of a candidate that is none any more. */
const GONE = "gone";

/** Takes the members through their stages, together, until nothing is left to do. Resolves to the last word on each. */
export async function drive(members: readonly Member[], ports: Ports): Promise<Occurrence[]> {
  const services = members.map(({ service }) => service);
  let tracks = members.map(beginning);
  // The weights that this driver has brought into the cluster. Where others are recorded, or an update failed, the cluster may lack them, and what
  // is seen of it is no evidence about them: a plain update comes first.
  let brought = members.map(({ brought: weight }) => weight ?? "unknown").join();
  let unsettled = false;
  let evidence: number | undefined;
  let falls = 0;
  let from = "";
  let enough = patience(RISES);
  let trouble = "";

  const end = async (word: (track: Track) => Occurrence): Promise<Occurrence[]> => {
    const words = tracks.map(word);
    for (const [index, { member: { service } }] of tracks.entries()) if (words[index] !== undefined) await ports.tell(service, words[index]);
    return words;
  };
  const failed = (message: string): Promise<Occurrence[]> => end(({ member: { service } }) => (evidence === undefined
    ? { event: "failed", message, next: ports.commandLine("rollout", services.join(" ")) }
    : { event: "failed", message: `it could not be rolled back: ${message}`, next: ports.commandLine("rollback", service) }));
  const bring = async (instructions: readonly Instruction[]): Promise<string | undefined> => {
    const since = ports.now();
    const failure = await ports.stack.update(services, instructions);
    const unready = failure === undefined || ports.stopped() !== undefined ? [] : await unreadyIn(ports, services, since);
    tracks = tracks.map((track) => ({ ...track, unready: unready.find(({ id }) => id === track.member.course.id)?.why }));
    return failure;
  };

  for (;;) {
    // Pods that are not ready are not waited for a second time.
    if (unsettled && tracks.every(({ unready }) => unready === undefined)) {
      const failure = await bring([]);
      unsettled = failure !== undefined;
      if (failure !== undefined && enough(failure) && tracks.every(({ unready }) => unready === undefined)) return failed(failure);
    }
    const now = await recorded(ports);
    if ("failure" in now) return failed(now.failure);
    tracks = tracks.map((track) => standingIn(track, now.releases));
    const here = tracks.map(weightOf).join();
    unsettled ||= here !== brought;
    brought = here;
    tracks = await Promise.all(tracks.map((track) => look(track, ports, unsettled)));
    const step: GroupStep = together(tracks.map((track) => nextStep(track.standing, track.member.course, seenBy(track, ports))));
    const over = step.kind === "end" || ((step.kind === "done" || step.kind === "gone") && ports.stopped() !== undefined);
    if (unsettled && step.kind !== "roll-back" && !over) {
      await ports.pause(PAUSE);
      continue;
    }
    switch (step.kind) {
      case "done":
      case "gone": {
        const routed = await routedIn(ports, services);
        return end((track) => lastWord(track, { evidence, routed, services }, ports));
      }
      case "end":
        return end((track) => lastWord(track, { step, evidence, services }, ports));
      case "smoke":
        for (const of of step.of) {
          const track = tracks[of];
          if (track !== undefined) track.smokeFailures = await unlessStopped(ports.signal, () => track.member.smoke());
        }
        break;
      case "look":
        await ports.pause(Math.min(...members.map(({ course: { lookSeconds } }) => lookSeconds)));
        break;
      case "roll-back": {
        evidence ??= ports.now();
        if (++falls > 1) await ports.pause(PAUSE);
        const failure = await settled(ports, services, tracks.flatMap((track, of) => fallOf(track, step, services[step.of], of)), { tries: FALLS });
        if (failure !== undefined || falls > FALLS) return failed(failure ?? "the updates leave it where it is");
        unsettled = false;
        brought = tracks.map(() => GONE).join();
        break;
      }
      case "rise": {
        if (here === from) {
          // What is tried again from the same weights has failed, or was refused: the configuration's stages may be others by now.
          if (enough(trouble)) return failed(trouble);
          await ports.pause(PAUSE);
          if (ports.stopped() !== undefined) break;
        } else enough = patience(RISES);
        from = here;
        const failure = await bring(step.steps.flatMap((each) => riseOf(tracks[each.of], each.step)));
        unsettled = failure !== undefined;
        brought = tracks.map((track, of) => step.steps.flatMap((each) => (each.of === of ? [each.step.kind === "advance" ? each.step.stage : GONE] : []))[0] ?? weightOf(track)).join();
        trouble = failure ?? "the updates leave the weights where they are";
        break;
      }
      default:
        return step satisfies never;
    }
  }
}

function weightOf({ member: { course }, standing: { candidate } }: Track): number | string {
  return candidate?.id === course.id ? candidate.weight : GONE;
}

function riseOf(track: Track | undefined, step: Extract<GroupStep, { kind: "rise" }>["steps"][number]["step"]): Instruction[] {
  if (track === undefined) return [];
  const { member: { course: { id }, service } } = track;
  return [step.kind === "advance" ? { service, id, action: "advance", stage: step.stage } : { service, id, action: "promote" }];
}

/** A rejection for each candidate that is there; the plain update after it takes the weight away. */
function fallOf({ member: { service, course }, standing: { candidate, rejected } }: Track, { of, reason }: Extract<GroupStep, { kind: "roll-back" }>, cause = "another", index: number): Instruction[] {
  if (candidate?.id !== course.id || rejected.some(({ id }) => id === course.id)) return [];
  return [{ service, id: course.id, action: "rollback", reason: (index === of ? reason : `released together with ${cause}: ${reason}`).slice(0, 500) }];
}
