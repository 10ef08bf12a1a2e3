import { readFileSync } from "node:fs";
import { MESH_BOUNDS, serviceLevel } from "../../components/delivery/service-level.ts";
import { stagesOf } from "../../components/delivery/stages.ts";
import { speaks } from "../../components/observability/speaks.ts";
import { nearest } from "../../settings/nearest.ts";
import { observability } from "../../settings/schema/observability.ts";
import { rollout } from "../../settings/schema/rollout.ts";
import { Problem } from "../../toolchain/problem.ts";
import { say } from "../../toolchain/progress.ts";
import { gatePolicy } from "../gate/policy.ts";
import type { GatePolicy } from "../gate/types.ts";
import { stackSettings } from "../stacks/stackSettings.ts";
import { caseTable, compare, standardCases } from "./cases.ts";
import { contender } from "./contenders.ts";
import type { Schedule } from "./ours.ts";
import { readOptions } from "./options.ts";
import type { SimulateOptions } from "./options.ts";
import { readRecording } from "./recording.ts";
import { replay, replayText } from "./replay.ts";
import { simulateRuns } from "./run.ts";
import { plots, summaryLines } from "./show.ts";
import { summarize } from "./summary.ts";

/** `slipway simulate`: what the gate would do. Returns 2 when a recording has a breach in it, else 0. */
export function simulate(options: SimulateOptions): number {
  const { policy, usual } = judged(options);
  const simulation = readOptions(options, policy.bounds, usual);
  if (options.recorded !== undefined) return recorded(options.recorded, policy, options.json ?? false);
  const { policies, run, scenario, schedule } = simulation;
  if (options.cases === true) {
    const results = compare(standardCases(policy.bounds), policy, schedule, run, (name) => say(`simulating ${run.runs} rollouts: ${name}`));
    console.log(options.json ? JSON.stringify(results, undefined, 2) : caseTable(results));
    return 0;
  }
  const runs = policies.map((name) => ({ policy: name, outcomes: simulateRuns(scenario, contender(name, policy, schedule), run) }));
  const summaries = runs.map((each) => summarize(each.policy, each.policy === "flagger" ? 10 : (schedule.stages[0] ?? 100), each.outcomes));
  const { bounds: _, ...traffic } = scenario;
  const lines = [...summaryLines(summaries), ...plots(runs, process.stdout.isTTY)];
  console.log(options.json ? JSON.stringify({ traffic, schedule, run, policies: summaries }, undefined, 2) : lines.join("\n"));
  return 0;
}

/** The policy of the service that is named, and how it goes; without one, what holds where nobody says otherwise. */
function judged({ service, stack }: SimulateOptions): { policy: GatePolicy; usual: Schedule } {
  if (service === undefined) {
    const { dwellSeconds, lookSeconds } = rollout.parse({});
    return { policy: gatePolicy({ limits: observability.parse({}).limits, bounds: MESH_BOUNDS, protocols: ["http"] }), usual: { stages: [10, 25, 50, 100], dwellSeconds, lookSeconds } };
  }
  const { services } = stackSettings(stack);
  const settings = Object.hasOwn(services, service) ? services[service] : undefined;
  if (settings === undefined) {
    const names = Object.keys(services);
    throw new Problem(`--service: stack ${stack} has no such service, got "${service}"; write ${nearest(service, names) ?? `one of ${names.join(", ")}`}`);
  }
  const level = serviceLevel(service, settings);
  if (!speaks(level).http) throw new Problem(`--service: ${service} speaks neither HTTP nor gRPC, so that the mesh counts no requests of it; name another`);
  const { rollout: { dwellSeconds, lookSeconds, minimumRequests }, strategy } = settings;
  return { policy: { ...gatePolicy(level), minimumSamples: minimumRequests }, usual: { stages: stagesOf(strategy).filter((weight) => weight > 0), dwellSeconds, lookSeconds } };
}

function recorded(file: string, policy: GatePolicy, json: boolean): number {
  const looks = readRecording(file, textOf(file), policy.bounds);
  const replayed = replay(looks, policy);
  console.log(json ? JSON.stringify(replayed, undefined, 2) : replayText(replayed));
  return replayed.verdicts.some(({ verdict }) => verdict === "breach") ? 2 : 0;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Problem(`--recorded: cannot be read, got "${file}" (${String(error)}); name a file of counters`);
  }
}
