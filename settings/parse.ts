import type { GrafanaSettings } from "../components/observability/grafana-settings.ts";
import { problemsOf } from "./issues.ts";
import { problemText } from "./problem.ts";
import type { Problem } from "./problem.ts";
import { rules } from "./rules/index.ts";
import type { DriftSettings } from "./schema/drift.ts";
import type { NamespaceSettings } from "./schema/namespace.ts";
import type { PolicySettings } from "./schema/policy.ts";
import type { PrometheusSettings } from "./schema/prometheus.ts";
import type { RepositorySettings } from "./schema/repository.ts";
import { githubOwner } from "./schema/scalars.ts";
import type { ServiceSettings } from "./schema/service.ts";
import { sectionsSchema } from "./schema/settings.ts";
import type { Sections } from "./schema/settings.ts";
import { secretProblems, unknownKeys } from "./secrets.ts";
import { readSection, readSingle } from "./section.ts";
import type { RawConfig, Section, Single } from "./section.ts";

/** The sections, or everything that is wrong with them. */
export type Parsed = { settings: Sections } | { problems: Problem[] };

const OWNER = "github:owner";

/** Checks a stack's config whole. `secretKeys` are the full keys of the encrypted values, which `raw` does not hold. */
export function parseSettings(raw: RawConfig, secretKeys: ReadonlySet<string>): Parsed {
  const { repositories, namespaces, services, grafana, prometheus, drift, policy } = sectionsSchema.shape;
  const read: Read = {
    repositories: readSection("repositories", repositories, raw, secretKeys),
    namespaces: readSection("namespaces", namespaces, raw, secretKeys),
    services: readSection("services", services, raw, secretKeys),
    grafana: readSingle("grafana", grafana, raw, secretKeys),
    prometheus: readSingle("prometheus", prometheus, raw, secretKeys),
    drift: readSingle("drift", drift, raw, secretKeys),
    policy: readSingle("policy", policy, raw, secretKeys),
  };
  const settings = settle(read, raw[OWNER] ?? "", new Set());
  const sections = Object.values(read);
  const problems = [
    ...ownerProblems(raw, secretKeys),
    ...sections.flatMap((section) => section.problems),
    ...ruleProblems(settings, settle(read, settings.owner, new EveryName())),
    ...secretProblems(settings, raw, secretKeys),
    ...unknownKeys(sections.map(({ given }) => given), suspects(sections, raw, secretKeys)),
  ];
  return problems.length === 0 ? { settings } : { problems: unique(problems) };
}

interface Read {
  repositories: Section<RepositorySettings>;
  namespaces: Section<NamespaceSettings>;
  services: Section<ServiceSettings>;
  grafana: Single<GrafanaSettings | undefined>;
  prometheus: Single<PrometheusSettings | undefined>;
  drift: Single<DriftSettings | undefined>;
  policy: Single<PolicySettings | undefined>;
}

/** The sections together; `guess` stands for the names of those that could not be read. */
function settle({ repositories, namespaces, services, grafana, prometheus, drift, policy }: Read, owner: string, guess: ReadonlySet<string>): Sections {
  return {
    owner,
    repositories: repositories.entries,
    namespaces: namespaces.entries,
    services: services.entries,
    ...(grafana.value !== undefined && { grafana: grafana.value }),
    ...(prometheus.value !== undefined && { prometheus: prometheus.value }),
    ...(drift.value !== undefined && { drift: drift.value }),
    ...(policy.value !== undefined && { policy: policy.value }),
    declared: {
      repositories: repositories.declared ?? guess,
      namespaces: namespaces.declared ?? guess,
      services: services.declared ?? guess,
    },
  };
}

class EveryName extends Set<string> {
  override has(): boolean {
    return true;
  }
}

/** What is wrong whether a section that cannot be read declares no name or every name. */
function ruleProblems(least: Sections, most: Sections): Problem[] {
  const problems = rules.flatMap((rule) => rule(least));
  if (problems.length === 0) return problems;
  const certain = new Set(rules.flatMap((rule) => rule(most)).map(problemText));
  return problems.filter((problem) => certain.has(problemText(problem)));
}

function ownerProblems(raw: RawConfig, secretKeys: ReadonlySet<string>): Problem[] {
  const todo = `run pulumi config set ${OWNER} <organisation or user>`;
  if (secretKeys.has(OWNER)) return [{ path: OWNER, wrong: "is encrypted, and names of public things would be hidden with it", todo }];
  if (raw[OWNER] === undefined) return [{ path: OWNER, wrong: "is missing", todo }];
  const { error } = githubOwner.safeParse(raw[OWNER]);
  return problemsOf(error?.issues ?? [], [OWNER], raw[OWNER]).map((problem) => ({ ...problem, path: OWNER }));
}

/** Keys that may be nobody's. A secret whose reference is the very thing that is wrong would be called superfluous, and lost. */
function suspects(sections: readonly Pick<Section<unknown>, "problems">[], raw: RawConfig, secretKeys: ReadonlySet<string>): string[] {
  const sound = sections.every(({ problems }) => problems.length === 0);
  return [...Object.keys(raw), ...(sound ? secretKeys : [])];
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problemText(problem), problem])).values()];
}
