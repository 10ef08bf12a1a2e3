import { problemsOf } from "./issues.ts";
import { problemText } from "./problem.ts";
import type { Problem } from "./problem.ts";
import { rules } from "./rules/index.ts";
import { githubOwner } from "./schema/scalars.ts";
import { sectionsSchema } from "./schema/settings.ts";
import type { Sections } from "./schema/settings.ts";
import { secretProblems, unknownKeys } from "./secrets.ts";
import { readSection } from "./section.ts";
import type { RawConfig } from "./section.ts";

/** The sections, or everything that is wrong with them. */
export type Parsed = { settings: Sections } | { problems: Problem[] };

const OWNER = "github:owner";

/** Checks a stack's config whole. `secretKeys` are the full keys of the encrypted values, which `raw` does not hold. */
export function parseSettings(raw: RawConfig, secretKeys: ReadonlySet<string>): Parsed {
  const { repositories, namespaces, services } = sectionsSchema.shape;
  const repository = readSection("repositories", repositories, raw, secretKeys);
  const namespace = readSection("namespaces", namespaces, raw, secretKeys);
  const service = readSection("services", services, raw, secretKeys);
  const sections = [repository, namespace, service];
  const settings: Sections = {
    owner: raw[OWNER] ?? "",
    repositories: repository.entries,
    namespaces: namespace.entries,
    services: service.entries,
    declared: { repositories: repository.declared, namespaces: namespace.declared, services: service.declared },
  };
  const problems = [
    ...ownerProblems(raw, secretKeys),
    ...sections.flatMap((section) => section.problems),
    ...rules.flatMap((rule) => rule(settings)),
    ...secretProblems(settings, raw, secretKeys),
    ...(sections.every(({ readable }) => readable) ? unknownKeys(sections.map(({ given }) => given), raw, secretKeys) : []),
  ];
  return problems.length === 0 ? { settings } : { problems: unique(problems) };
}

function ownerProblems(raw: RawConfig, secretKeys: ReadonlySet<string>): Problem[] {
  const todo = `run pulumi config set ${OWNER} <organisation or user>`;
  if (secretKeys.has(OWNER)) return [{ path: OWNER, wrong: "is encrypted, and names of public things would be hidden with it", todo }];
  if (raw[OWNER] === undefined) return [{ path: OWNER, wrong: "is missing", todo }];
  const { error } = githubOwner.safeParse(raw[OWNER]);
  return problemsOf(error?.issues ?? [], [OWNER], raw[OWNER]).map((problem) => ({ ...problem, path: OWNER }));
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problemText(problem), problem])).values()];
}
