import { nextStage, stagesOf } from "../../components/delivery/stages.ts";
import type { Strategy } from "../../components/delivery/release-types.ts";
import type { RolloutSettings } from "../../components/delivery/rollout-settings.ts";
import { Problem } from "../../toolchain/problem.ts";
import type { Course } from "./next.ts";

/** What a command line says of a rollout; what it leaves out the service's settings say. */
export interface CourseOptions {
  strategy?: string | undefined;
  /** Per cent, 5 – 50. */
  firstStage?: string | undefined;
  /** `<hours>h`, `<minutes>m` or `<seconds>s`: from the first stage to 100 %. */
  duration?: string | undefined;
  autoPromote?: boolean | undefined;
  /** No time is waited for and nobody is asked. */
  now?: boolean | undefined;
}

const USUAL_STAGES = [10, 25, 50, 100];

/**
 * The strategy that a command line asks for instead of the service's; undefined where it asks for none.
 * @throws Problem `<option>: <what is wrong>, got <value>; <what to do>`
 */
export function strategyOf({ firstStage, strategy: kind }: CourseOptions, usual: Strategy): Strategy | undefined {
  if (kind === undefined && firstStage === undefined) return undefined;
  const { retain } = usual;
  switch (kind ?? usual.kind) {
    case "direct":
    case "blue-green":
      if (firstStage !== undefined) throw new Problem(`--first-stage: only a canary has one, got "${firstStage}"; add --strategy canary, or leave it out`);
      return kind === "direct" ? { kind: "direct", retain } : { kind: "blue-green", retain };
    case "canary": {
      const stages = usual.kind === "canary" ? usual.stages : USUAL_STAGES;
      if (firstStage === undefined) return { kind: "canary", stages, retain };
      const first = Number(firstStage);
      if (!/^\d+$/.test(firstStage) || first < 5 || first > 50) throw new Problem(`--first-stage: is not a whole number from 5 to 50, got "${firstStage}"; write per cent without a sign`);
      return { kind: "canary", stages: stages.filter((stage) => stage === 0 || stage > first).toSpliced(stages[0] === 0 ? 1 : 0, 0, first), retain };
    }
    default:
      throw new Problem(`--strategy: is none of direct, canary, blue-green, got "${kind}"; write one of them`);
  }
}

/** How the candidate `id` goes. @throws Problem when an option is none */
export function courseOf(id: string, strategy: Strategy, settings: RolloutSettings, options: CourseOptions): Course {
  return {
    id,
    strategy,
    dwellSeconds: options.duration === undefined ? settings.dwellSeconds : secondsOf("--duration", options.duration) / dwells(strategy),
    bakeSeconds: settings.bakeSeconds,
    lookSeconds: settings.lookSeconds,
    awaitsApproval: options.autoPromote !== true && settings.approval === "first-stage",
    atOnce: options.now === true,
    freezes: settings.freezes,
    smoked: settings.smoke.length > 0,
  };
}

/** Seconds in a text such as 2h, 45m or 30s, above 0. @throws Problem */
export function secondsOf(option: string, text: string): number {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)([hms])$/.exec(text) ?? [];
  const seconds = Number(number) * ({ h: 3600, m: 60, s: 1 }[unit] ?? 0);
  if (seconds > 0) return seconds;
  throw new Problem(`${option}: is no length of time, got "${text}"; write it as 2h, 45m or 30s`);
}

/** How many weights below 100 there are to dwell at. */
function dwells(strategy: Strategy): number {
  return Math.max(1, stagesOf(strategy).filter((stage) => stage > 0 && nextStage(strategy, stage) !== undefined).length);
}
