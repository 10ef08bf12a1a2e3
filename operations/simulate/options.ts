import { Problem } from "../../toolchain/problem.ts";
import type { Schedule } from "./ours.ts";
import type { RunOptions } from "./run.ts";
import type { Behaviour, Scenario } from "./traffic.ts";

/** The command's options as they are typed. */
export interface SimulateOptions {
  service?: string;
  stack: string;
  policy: string;
  requestsPerSecond: string;
  errorStable: string;
  errorCandidate: string;
  latencyStable: string;
  latencyCandidate: string;
  onset: string;
  session: string;
  weather: string;
  stages?: string;
  dwell?: string;
  look?: string;
  lag: string;
  horizon: string;
  runs: string;
  seed: string;
  recorded?: string;
  cases?: boolean;
  json?: boolean;
}

export const POLICIES = ["slipway", "flagger", "argo-rollouts"] as const;
export type PolicyName = (typeof POLICIES)[number];

export interface Simulation {
  scenario: Scenario;
  schedule: Schedule;
  run: RunOptions;
  policies: PolicyName[];
}

/** Everything that was asked for. @param usual where nothing is asked for @throws Problem with all that is wrong with it */
export function readOptions(options: SimulateOptions, bounds: readonly number[], usual: Schedule): Simulation {
  const problems: string[] = [];
  const number = (flag: string, text: string, least: number, most: number, todo: string): number => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    problems.push(`--${flag}: must be a number from ${least} to ${most}, got "${text}"; ${todo}`);
    return least;
  };
  const whole = (flag: string, text: string, least: number, most: number, todo: string): number => {
    const value = number(flag, text, least, most, todo);
    if (!Number.isInteger(value)) problems.push(`--${flag}: must be whole, got "${text}"; ${todo}`);
    return Math.round(value);
  };
  const behaviour = (of: "stable" | "candidate", errors: string, latency: string): Behaviour => {
    const [, median = "", p95 = ""] = /^([\d.]+),([\d.]+)$/.exec(latency) ?? [];
    if (!(Number(median) > 0 && Number(p95) > Number(median))) problems.push(`--latency-${of}: must be <median>,<p95> in milliseconds, the second greater, got "${latency}"; write such as 60,200`);
    return { errors: number(`error-${of}`, errors, 0, 100, "write per cent of the requests") / 100, median: Number(median) || 1, p95: Number(p95) || 2 };
  };
  const scenario: Scenario = {
    requestsPerSecond: number("requests-per-second", options.requestsPerSecond, 0.01, 100_000, "write those of the whole service"),
    stable: behaviour("stable", options.errorStable, options.latencyStable),
    candidate: behaviour("candidate", options.errorCandidate, options.latencyCandidate),
    onset: number("onset", options.onset, 0, 604_800, "write seconds"),
    session: whole("session", options.session, 1, 1000, "write requests that share one fate"),
    weather: number("weather", options.weather, 0, 3, "write a share of the errors"),
    bounds,
  };
  const schedule: Schedule = {
    stages: stagesOf(options.stages, usual.stages, problems),
    dwellSeconds: options.dwell === undefined ? usual.dwellSeconds : number("dwell", options.dwell, 1, 604_800, "write seconds"),
    lookSeconds: options.look === undefined ? usual.lookSeconds : number("look", options.look, 1, 3600, "write seconds"),
  };
  const run: RunOptions = {
    runs: whole("runs", options.runs, 1, 100_000, "write how many rollouts to simulate"),
    seed: whole("seed", options.seed, 0, 1_000_000, "write any"),
    horizon: number("horizon", options.horizon, 1, 31_536_000, "write seconds"),
    lagSeconds: number("lag", options.lag, 0, 600, "write seconds"),
  };
  const policies = policiesOf(options.policy, problems);
  if (problems.length > 0) throw new Problem(problems.join("\n"));
  return { scenario, schedule, run, policies };
}

function stagesOf(text: string | undefined, usual: readonly number[], problems: string[]): readonly number[] {
  if (text === undefined) return usual;
  const stages = text.split(",").map(Number);
  const rising = stages.every((stage, index) => Number.isInteger(stage) && stage > (stages[index - 1] ?? 0));
  if (rising && stages.at(-1) === 100) return stages;
  problems.push(`--stages: must be whole and rising, the last 100, got "${text}"; write such as 10,25,50,100`);
  return usual;
}

function policiesOf(text: string, problems: string[]): PolicyName[] {
  if (text === "all") return [...POLICIES];
  const found = POLICIES.find((name) => name === text);
  if (found !== undefined) return [found];
  problems.push(`--policy: is none that is known, got "${text}"; write all or one of ${POLICIES.join(", ")}`);
  return [];
}
