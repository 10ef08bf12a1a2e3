import { repositoryOf, shortType } from "../names.ts";
import { text } from "../../unknown.ts";
import type { Look } from "../inspect.ts";
import type { Declared, Difference } from "../types.ts";
import { accessDifferences } from "./access.ts";
import type { Asker } from "./ask.ts";
import { environmentDifferences } from "./environments.ts";
import { readRepository } from "./repository.ts";
import type { LiveRepository, Plan } from "./repository.ts";
import { rulesetDifferences } from "./rulesets.ts";
import { unmanagedDifferences } from "./unmanaged.ts";

export interface LookOptions {
  /** Web address of GitHub. @default https://github.com */
  server?: string | undefined;
  /** Told after each repository. */
  progress?: ((done: number, all: number) => void) | undefined;
}

/** Looks at every repository of a state through GitHub's API, several at once. */
export async function look(declared: ReadonlyMap<string, Declared>, ask: Asker, { server, progress }: LookOptions = {}): Promise<Look> {
  const objects = [...declared.values()];
  const plans = plansOf(objects);
  const [names, ids] = [new Set(objects.map(({ what }) => what)), new Set(objects.map(({ type, id, inputs }) => `${shortType(type)} ${repositoryOf(type, inputs)} ${/\d+$/.exec(id)?.[0] ?? ""}`))];
  const times = new Map<string, string>();
  let done = 0;
  const found = await Promise.all(plans.map(async ({ plan, own }) => {
    const live = await readRepository(ask, plan);
    progress?.(++done, plans.length);
    if (live === undefined) return [];
    for (const [what, time] of timesOf(live)) times.set(what, time);
    return [...own.flatMap((object) => ofDeclared(object, live, server)), ...unmanagedDifferences(live, names, ids, server)];
  }));
  const differences = found.flat();
  return { differences, dated: (difference) => dated(difference, times, declared), reads: { repositories: plans.length, ...ask.reads } };
}

/** A repository of the stack's is looked at whole; of another's only what the stack declares in it. */
function plansOf(objects: readonly Declared[]): { plan: Plan; own: Declared[] }[] {
  const groups = Map.groupBy(objects.filter(({ type, inputs }) => repositoryOf(type, inputs) !== ""), ({ owner, type, inputs }) => `${owner}/${repositoryOf(type, inputs)}`);
  return [...groups].map(([name, own]) => {
    const of = (type: string): Declared[] => own.filter((object) => shortType(object.type) === `github:${type}`);
    const [owner = "", repository = ""] = name.split("/");
    const plan = {
      owner, repository, whole: of("Repository").length > 0, access: of("RepositoryCollaborators").length > 0,
      environments: of("RepositoryEnvironment").map(({ inputs }) => text(inputs, "environment")),
      rulesets: new Map(of("RepositoryRuleset").map(({ id, modified }) => [/\d+$/.exec(id)?.[0] ?? id, modified])),
    };
    return { plan, own };
  });
}

function ofDeclared(object: Declared, live: LiveRepository, server: string | undefined): Difference[] {
  switch (shortType(object.type)) {
    case "github:RepositoryEnvironment": {
      const found = live.environments.get(text(object.inputs, "environment"));
      return found === undefined ? [] : environmentDifferences(object, found.told, server);
    }
    case "github:RepositoryRuleset":
      return live.rulesets.filter((ruleset) => object.id.endsWith(text(ruleset, "id"))).flatMap((ruleset) => rulesetDifferences(object, ruleset, server));
    case "github:RepositoryCollaborators":
      return accessDifferences(object, live, server);
    default:
      return [];
  }
}

/** When GitHub says that something last changed. */
function timesOf({ plan, environments, rulesets, secrets, variables }: LiveRepository): [string, string][] {
  const of = (type: string, items: readonly unknown[], ...above: string[]): [string, string][] => items.map((item) => [`github:${type}/${[plan.repository, ...above, text(item, "name")].join(":")}`, text(item, "updated_at")]);
  const within = [...environments].flatMap(([name, each]) => [...of("ActionsEnvironmentSecret", each.secrets, name), ...of("ActionsEnvironmentVariable", each.variables, name)]);
  return [...of("RepositoryEnvironment", [...environments.values()].map(({ told }) => told)), ...of("RepositoryRuleset", rulesets), ...of("ActionsSecret", secrets), ...of("ActionsVariable", variables), ...within];
}

/** A time before the state last learned of the object is that of the stack's own work. */
function dated(difference: Difference, times: ReadonlyMap<string, string>, declared: ReadonlyMap<string, Declared>): Difference {
  const since = times.get(difference.what);
  const known = Date.parse(declared.get(difference.urn ?? "")?.modified ?? "");
  return difference.since !== undefined || since === undefined || since === "" || Date.parse(since) <= known ? difference : { ...difference, since };
}
