import { serviceLevel } from "../../components/delivery/service-level.ts";
import type { Sections } from "../../settings/index.ts";
import type { AuditEvent } from "../audit/events.ts";
import { releaseRuns } from "../metrics/releaseRuns.ts";
import type { Update } from "../metrics/releaseRuns.ts";
import { outputsOf } from "../metrics/stackState.ts";
import { attentionOf } from "./attention.ts";
import { deliveryOf } from "./delivery.ts";
import { levelsOf } from "./levels.ts";
import type { LevelAnswers } from "./levels.ts";
import { rolloutsOf } from "./rollouts.ts";
import { servicesIn } from "./services.ts";
import { resourcesOf } from "./state.ts";
import { systemsIn } from "./systems.ts";
import type { FindingsReport, Looked, ReportModel } from "./types.ts";

/** Everything that a report is made from. */
export interface ReportInputs {
  stack: string;
  /** Unix seconds. */
  now: number;
  /** As `pulumi stack export` prints it. */
  exported: unknown;
  settings: Pick<Sections, "services">;
  /** The stack's history, oldest first. */
  updates: Looked<readonly Update[]>;
  /** Commit → when it was made, seconds since 1970. */
  commitTimes: ReadonlyMap<string, number>;
  audit: Looked<{ events: readonly AuditEvent[]; brokenLines: readonly number[] }>;
  answers: Looked<LevelAnswers>;
  drift: Looked<FindingsReport>;
  policy: Looked<FindingsReport>;
}

/** Rollouts that a report lists. */
const LAST = 50;

/** What there is to say of a stack. @throws RangeError when its record of releases is damaged */
export function reportModel({ answers, audit, commitTimes, drift, exported, now, policy, settings, stack, updates }: ReportInputs): ReportModel {
  const outputs = outputsOf(exported);
  const services = servicesIn({ exported, outputs, settings });
  const levels = Object.entries(settings.services).map(([name, service]) => serviceLevel(name, service));
  const runs = updates.kind === "found" ? releaseRuns(updates.value) : [];
  const told = audit.kind === "found" ? audit.value : { events: [], brokenLines: [] };
  const all = rolloutsOf(told.events, runs);
  const rest: Omit<ReportModel, "attention"> = {
    stack,
    at: new Date(now * 1000).toISOString(),
    systems: systemsIn(resourcesOf(exported), outputs),
    services,
    levels: answers.kind === "found" ? { kind: "found", value: levelsOf(levels, answers.value) } : answers,
    rollouts: audit.kind === "unknown" && updates.kind === "unknown" ? audit : { kind: "found", value: { list: all.slice(0, LAST), older: Math.max(0, all.length - LAST), brokenLines: told.brokenLines } },
    drift,
    policy,
    delivery: updates.kind === "found" ? deliveryOf(services.map(({ name }) => name), { updates: updates.value, runs, commitTimes, audit: told.events, now }) : updates,
  };
  return { ...rest, attention: attentionOf(rest) };
}
