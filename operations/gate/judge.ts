import { thresholds } from "./gate.ts";
import type { Gate } from "./gate.ts";
import { readings } from "./readings.ts";
import { testsOf } from "./tests.ts";
import type { Action, GatePolicy, IndicatorReading, Judgement, Verdict } from "./types.ts";

/** Looks at which a gauge has to be seen at a weight; requests have `minimumSamples`. */
const MINIMUM_LOOKS = 10;

/** Whether the verdict is final, and which it is, without its figures. A breach stays one: its proof does not go away. */
export function verdictOf(gate: Gate): Verdict {
  const needed = thresholds(gate);
  if (gate.peak.some((peak, index) => peak >= (needed[index] ?? Infinity))) return "breach";
  if (gate.silent !== undefined) return "no-answer";
  return missing(gate).length > 0 || doubts(gate).length > 0 ? "not-enough" : "pass";
}

/** The verdict on all that was seen, with its reasons. */
export function judge(gate: Gate): Judgement {
  const verdict = verdictOf(gate);
  const indicators = readings(gate);
  return { verdict, why: why(verdict, gate, indicators), samples: samplesOf(gate), indicators, ...silence(gate) };
}

/** For how long there has been no answer, and why the last look brought none. */
export function silence({ answered, began, silent }: Gate): Pick<Judgement, "silentSeconds" | "reason"> {
  return silent === undefined ? { silentSeconds: 0 } : { silentSeconds: silent.at - (answered ?? began ?? silent.at), reason: silent.reason };
}

/** What the driver does: `since` and `now` are Unix seconds, `since` is when the candidate got its present weight. */
export function decide({ verdict, reason, silentSeconds }: Pick<Judgement, "verdict" | "reason" | "silentSeconds">, stage: { since: number; now: number; dwellSeconds: number }, { silence: limits }: Pick<GatePolicy, "silence">): Action {
  switch (verdict) {
    case "breach":
      return "roll-back";
    case "no-answer":
      if (silentSeconds >= (reason === "silent" ? limits.muteAfter : limits.rollBackAfter)) return "roll-back";
      return silentSeconds >= limits.holdAfter ? "hold" : "wait";
    case "not-enough":
      return "wait";
    case "pass":
      return stage.now - stage.since >= stage.dwellSeconds ? "advance" : "wait";
    default:
      return verdict satisfies never;
  }
}

/** Requests at the present weight; of a worker the largest count that any of its indicators has. */
function samplesOf({ policy, samples }: Gate): number {
  return policy.requests ? (samples["requests"] ?? 0) : Math.max(0, ...policy.custom.map(({ name }) => samples[name] ?? 0));
}

/** What has been seen too seldom at the present weight, for people. */
function missing({ policy, samples }: Gate): string[] {
  const wanted = [
    ...(policy.requests ? [{ name: "requests", of: "requests", least: policy.minimumSamples }] : []),
    ...policy.custom.map(({ kind, minimumSamples = kind === "ratio" ? policy.minimumSamples : MINIMUM_LOOKS, name }) => ({ name, of: kind === "ratio" ? `events of ${name}` : `looks at ${name}`, least: minimumSamples })),
  ];
  return wanted.flatMap(({ name, of, least }) => ((samples[name] ?? 0) < least ? [`${Math.floor(samples[name] ?? 0)} of ${least} ${of}`] : []));
}

/** Names of the tests whose bets stand against the candidate now, without being a proof. */
function doubts({ evidence, policy, together }: Gate): string[] {
  const limit = Math.log(policy.doubt);
  if (evidence.every((each) => each < limit)) return [];
  return testsOf(policy, together).flatMap(({ name }, index) => ((evidence[index] ?? 0) >= limit ? [name] : []));
}

function why(verdict: Verdict, gate: Gate, indicators: readonly IndicatorReading[]): string {
  switch (verdict) {
    case "breach":
      return indicators.filter(({ evidence }) => evidence >= 1).map(figures).join("; ");
    case "no-answer":
      return gate.silent === undefined ? "" : `${gate.silent.reason}: ${gate.silent.detail}`;
    case "not-enough": {
      const doubted = doubts(gate);
      return [...missing(gate), ...indicators.filter(({ name }) => doubted.includes(name)).map((each) => `${figures(each)}, neither proved nor settled`)].join("; ");
    }
    case "pass":
      return `${Math.floor(samplesOf(gate))} ${gate.policy.requests ? "requests" : "samples"} and nothing against the candidate`;
    default:
      return verdict satisfies never;
  }
}

function figures({ name, value, limit, unit, samples }: IndicatorReading): string {
  const written = { percent: " %", milliseconds: " ms" }[unit] ?? ` ${unit}`;
  const shown = (figure: number | null): string => (figure === null ? "unknown" : `${figure}${written}`);
  return `${name} ${shown(value)} in the last ${Math.floor(samples)}, limit ${shown(limit)}`;
}
