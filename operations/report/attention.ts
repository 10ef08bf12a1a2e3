import type { ServiceReport, SystemReport } from "./stack-types.ts";
import type { Attention, FindingsReport, LevelReport, Looked, ReportModel, SectionName } from "./types.ts";

/** What of a report somebody has to see first. */
export type AttentionInputs = Omit<ReportModel, "attention">;

const DAY_MILLISECONDS = 86_400_000;
/** Days for which a rejection is news. */
const NEWS_DAYS = 7;
/** Of a budget: with less left, the next failure counts. */
const LITTLE = 0.25;
/** A burn rate that pages by itself. */
const FAST = 14.4;
/** Environments that by their name are for users. */
const PRODUCTION = /^(prod|production|live)$/i;

/** Everything that needs somebody, what is urgent first. */
export function attentionOf({ at, delivery, drift, levels, policy, rollouts, services, systems }: AttentionInputs): Attention[] {
  const all = [
    ...valueOf(levels, []).flatMap(ofLevel),
    ...services.flatMap((service) => ofService(service, Date.parse(at))),
    ...systems.flatMap(ofSystem),
    ...ofFindings(drift, "drift"),
    ...ofFindings(policy, "policy"),
    ...(rollouts.kind === "found" && rollouts.value.brokenLines.length > 0
      ? [look("audit log", `lines of it were changed or are missing before line ${rollouts.value.brokenLines[0]}; compare it with a copy`, "rollouts")] : []),
    ...(delivery.kind === "found" && delivery.value.lastUpdate?.result === "failed" ? [act("the stack", "its last update failed; run it again", "delivery")] : []),
  ];
  return [...all.filter(({ urgency }) => urgency === "act"), ...all.filter(({ urgency }) => urgency === "look")];
}

function ofLevel({ objectives, service }: LevelReport): Attention[] {
  return objectives.flatMap(({ burn = 0, name, remaining, windowDays }) => {
    if (remaining !== undefined && remaining <= 0) return [act(service, `its ${name} budget of ${windowDays} days is used up`, "levels")];
    if (burn >= FAST) return [act(service, `its ${name} budget goes ${Math.round(burn)} times as fast as it may`, "levels")];
    return remaining !== undefined && remaining < LITTLE ? [look(service, `${Math.round(remaining * 100)} % are left of its ${name} budget`, "levels")] : [];
  });
}

function ofService({ asked, held, inCluster, name, rejected, revisions }: ServiceReport, now: number): Attention[] {
  const [last] = rejected;
  const serving = rejected.find(({ revision }) => revisions.some(({ id, weight }) => id === revision && weight > 0));
  return [
    ...(serving === undefined ? [] : [act(name, `${serving.revision} was rejected and still has traffic; run slipway rollout`, "services")]),
    ...(inCluster ? [] : [act(name, "the cluster's weights are not what is recorded; run pulumi up", "services")]),
    ...(held === undefined ? [] : [look(name, `is held: ${held}`, "services")]),
    ...(last === undefined || serving !== undefined || now - Date.parse(last.at) > NEWS_DAYS * DAY_MILLISECONDS ? [] : [look(name, `${last.revision} was rejected: ${last.reason}`, "services")]),
    ...(asked === undefined ? [] : [look(name, "runs an image that a command asked for, not what the stack's file names", "services")]),
  ];
}

function ofSystem({ environments, name, rulesets }: SystemReport): Attention[] {
  return [
    ...environments.filter((each) => PRODUCTION.test(each.name)).flatMap(({ adminsBypass, name: environment, reviewed, selfReview }) => {
      const where = `${name}, ${environment}`;
      if (!reviewed) return [act(where, "nobody approves what is deployed there", "systems")];
      return [...(selfReview ? [look(where, "people may approve their own deployments", "systems")] : []), ...(adminsBypass ? [look(where, "administrators may go past the approval", "systems")] : [])];
    }),
    ...rulesets.filter(({ active }) => !active).map((ruleset) => look(name, `ruleset ${ruleset.name} is not enforced`, "systems")),
  ];
}

/** The urgent findings by name; of the others their number. */
function ofFindings(looked: Looked<FindingsReport>, section: "drift" | "policy"): Attention[] {
  const { list } = valueOf(looked, { list: [], excused: 0 });
  const others = list.filter(({ urgency }) => urgency === "look").length;
  return [
    ...list.filter(({ urgency }) => urgency === "act").map(({ what, where }) => act(where, what, section)),
    ...(others === 0 ? [] : [look(section, `${others} more ${others === 1 ? "finding" : "findings"} to look at`, section)]),
  ];
}

function valueOf<T>(looked: Looked<T>, otherwise: T): T {
  return looked.kind === "found" ? looked.value : otherwise;
}

function act(subject: string, text: string, section: SectionName): Attention {
  return { urgency: "act", subject, text, section };
}

function look(subject: string, text: string, section: SectionName): Attention {
  return { urgency: "look", subject, text, section };
}
