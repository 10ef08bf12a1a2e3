import { repositoryName } from "../../components/delivery/service-settings.ts";
import type { DeclaredRepository } from "../../components/github/repository-settings.ts";
import { nearest } from "../nearest.ts";
import { pathText } from "../problem.ts";
import type { Problem } from "../problem.ts";
import type { ServiceSettings } from "../schema/service.ts";
import type { Sections } from "../schema/settings.ts";
import type { Rule } from "./rule.ts";

/** GitHub would make an environment that is not there, without anybody's approval in front of it. */
export const deploymentsHaveEnvironments: Rule = (sections) => eachOwned(sections, ({ rollout: { notify } }, { environments }, path, name) => {
  const environment = notify?.deployment?.environment;
  const known = Object.keys(environments);
  if (environment === undefined || known.includes(environment)) return [];
  const near = nearest(environment, known);
  const todo = `${near === undefined ? "" : `write ${near}, or `}declare it under repositories.${name}.environments`;
  return [{ path: pathText([...path, "deployment", "environment"]), wrong: "is not a declared environment of the service's repository", got: environment, todo }];
});

/** A repository that has no issues refuses one when it is needed most. */
export const issuesAreOn: Rule = (sections) => eachOwned(sections, ({ rollout: { notify } }, { features }, path, name) => {
  if (notify?.issue === undefined || features.issues) return [];
  return [{ path: pathText([...path, "issue"]), wrong: "opens issues in a repository that has none", todo: `turn on repositories.${name}.features.issues, or remove it` }];
});

type Look = (service: ServiceSettings, repository: DeclaredRepository, notify: readonly string[], repositoryName: string) => Problem[];

/** Services whose repository this stack owns whole: of others it does not know what they have. */
function eachOwned({ repositories, services }: Sections, look: Look): Problem[] {
  return Object.entries(services).flatMap(([service, settings]) => {
    const name = repositoryName(settings);
    const repository = repositories[name];
    return repository === undefined || repository.existing ? [] : look(settings, repository, ["services", service, "rollout", "notify"], name);
  });
}
