import { duration } from "../../toolchain/progress.ts";
import type { GatePolicy } from "../gate/types.ts";
import { contender } from "./contenders.ts";
import { POLICIES } from "./options.ts";
import type { Schedule } from "./ours.ts";
import { simulateRuns } from "./run.ts";
import type { RunOptions } from "./run.ts";
import { summarize } from "./summary.ts";
import type { Summary } from "./summary.ts";
import type { Scenario } from "./traffic.ts";

/** A standard case, by which policies are compared. */
export interface Case {
  name: string;
  scenario: Scenario;
}

const QUICK = { median: 60, p95: 200 };

/** The standard cases: healthy candidates first, then worse ones, each at the traffic that its name says. */
export function standardCases(bounds: readonly number[]): Case[] {
  const made = (name: string, stable: number, candidate: number, more: Partial<Scenario> = {}): Case => ({
    name,
    scenario: { requestsPerSecond: 20, stable: { errors: stable / 100, ...QUICK }, candidate: { errors: candidate / 100, ...QUICK }, onset: 0, session: 1, weather: 0, bounds, ...more },
  });
  const slow = (name: string, p95: number): Case => made(name, 0.1, 0.1, { candidate: { errors: 0.001, median: p95 / 4, p95 } });
  return [
    made("healthy, 0.1 % errors", 0.1, 0.1),
    made("healthy, 1 % errors", 1, 1),
    made("healthy, 2 % errors", 2, 2),
    made("healthy, 1 %, sessions of 4", 1, 1, { session: 4 }),
    made("healthy, 1 %, ups and downs of half", 1, 1, { weather: 0.5 }),
    made("0 % → 5 %", 0, 5),
    made("0.1 % → 5.1 %", 0.1, 5.1),
    made("0.5 % → 5.5 %", 0.5, 5.5),
    made("1 % → 6 %", 1, 6),
    made("2 % → 7 %", 2, 7),
    made("1 % → 6 %, sessions of 4", 1, 6, { session: 4 }),
    made("0.1 % → 5.1 %, 200/s", 0.1, 5.1, { requestsPerSecond: 200 }),
    made("0.1 % → 10 %", 0.1, 10),
    made("0.1 % → 30 %", 0.1, 30),
    made("0.1 % → 100 %", 0.1, 100),
    made("0.1 % → 1 %, 200/s", 0.1, 1, { requestsPerSecond: 200 }),
    slow("p95 200 → 3000 ms", 3000),
    slow("p95 200 → 700 ms", 700),
    made("0.1 % → 10 % after an hour, 25 min a stage", 0.1, 10, { onset: 3600 }),
  ];
}

/** Every case under every policy. `tell` hears the name of each case before it begins. */
export function compare(cases: readonly Case[], policy: GatePolicy, schedule: Schedule, run: RunOptions, tell: (name: string) => void): { name: string; summaries: Summary[] }[] {
  return cases.map(({ name, scenario }) => {
    tell(name);
    // Trouble that begins late needs a rollout that is still under way then.
    const walked = scenario.onset > 0 ? { ...schedule, dwellSeconds: Math.max(schedule.dwellSeconds, 1500) } : schedule;
    const summaries = POLICIES.map((each) => summarize(each, each === "flagger" ? 10 : (walked.stages[0] ?? 100), simulateRuns(scenario, contender(each, policy, walked), run)));
    return { name, summaries };
  });
}

/** A Markdown table: of each case and policy the share that was rolled back, when, and the requests that failed until then. */
export function caseTable(results: readonly { name: string; summaries: readonly Summary[] }[]): string {
  const cell = ({ detection, failed, rolledBack }: Summary): string => (detection === null ? "0 %" : `${rolledBack} %, ${duration(detection.median * 1000)} (${duration(detection.p95 * 1000)}), ${failed}`);
  const ratio = (summaries: readonly Summary[]): string => {
    const [mine, theirs] = summaries;
    return mine === undefined || theirs === undefined || mine.detection === null || mine.rolledBack < 50 || theirs.rolledBack < 50 ? "" : (mine.failed / theirs.failed).toFixed(2);
  };
  return [
    `| case | ${POLICIES.join(" | ")} | failed, of Flagger's |`,
    `|---|${POLICIES.map(() => "---|").join("")}---|`,
    ...results.map(({ name, summaries }) => `| ${name} | ${summaries.map(cell).join(" | ")} | ${ratio(summaries)} |`),
  ].join("\n");
}
