import { repositorySchema } from "../../../settings/schema/repository.ts";
import { secretKeyOf } from "../secret-key.ts";
import { fitting } from "../fitting.ts";
import type { Adopted, Adoption, NeededSecret, Unmanaged } from "../types.ts";
import { accessSettings, actionsSettings, labelSettings } from "./access.ts";
import { coreSettings } from "./core.ts";
import { environmentSettings } from "./environment.ts";
import type { LiveRepository } from "./live.ts";
import { rulesetSettings } from "./ruleset.ts";
import { autolinkSettings, webhookSettings } from "./webhooks.ts";

/**
 * A repository as GitHub tells it, turned into an entry of `slipway:repositories` whose preview changes nothing; what the entry cannot say
 * is listed beside it. Files are left to people: the configuration makes them from `workflows`, or takes their text under `files`.
 * @throws Problem where nothing is left that the configuration takes
 */
export function repositoryAdoption(live: LiveRepository): Adoption {
  const { name } = live.repository;
  const base = `repositories.${name}`;
  const core = coreSettings(live);
  const labels = labelSettings(live.labels);
  const environments = live.environments.map((each) => [each.name, environmentSettings(name, each)] as const);
  const rulesets = live.rulesets.map((each) => [each.name, rulesetSettings(each, core.settings.merge.methods)] as const);
  const webhooks = webhookSettings(name, live.hooks);
  const actions = namedSecrets("secrets", name, live.secrets);
  const dependabot = namedSecrets("dependabotSecrets", name, live.dependabotSecrets);
  const whole = {
    ...core.settings,
    labels: labels.settings,
    access: accessSettings(live),
    actions: actionsSettings(live),
    rulesets: settingsBy(rulesets),
    environments: settingsBy(environments),
    secrets: actions.settings,
    variables: Object.fromEntries(live.variables.map(({ name: variable, value }) => [variable, value])),
    dependabotSecrets: dependabot.settings,
    webhooks: webhooks.settings,
    autolinks: autolinkSettings(live.autolinks),
  };
  const parts: Pick<Adopted<unknown>, "secrets" | "unmanaged">[] = [core, labels, ...rulesets.map(([, each]) => each), ...environments.map(([, each]) => each), actions, dependabot, webhooks];
  const fit = fitting(repositorySchema, { existing: false, ...whole }, ["repositories", name]);
  return {
    entries: [{ section: "repositories", name, settings: fit.settings }],
    secrets: parts.flatMap(({ secrets }) => secrets).filter(({ key }) => JSON.stringify(fit.settings).includes(JSON.stringify(key))).map((secret) => ({ ...secret, path: `${base}.${secret.path}` })),
    unmanaged: [...parts.flatMap(({ unmanaged }) => unmanaged), ...fit.unmanaged, ...besides(live)].map((each) => ({ ...each, path: `${base}.${each.path}` })),
  };
}

function settingsBy<T>(parts: readonly (readonly [string, Adopted<T>])[]): Record<string, T> {
  return Object.fromEntries(parts.map(([key, { settings }]) => [key, settings]));
}

/** Secrets by name, each with the config key that people give its value under. */
export function namedSecrets(section: "secrets" | "dependabotSecrets", repository: string, names: readonly string[]): Adopted<Record<string, { secret: string }>> {
  const keys = names.map((name) => [name, secretKeyOf(repository, ...(section === "secrets" ? [] : ["dependabot"]), name)] as const);
  const secrets = keys.map(([name, key]): NeededSecret => ({ key, path: `${section}.${name}` }));
  return { settings: Object.fromEntries(keys.map(([name, key]) => [name, { secret: key }])), secrets, unmanaged: [] };
}

/** What lies in the repository and is no part of its settings here. */
function besides({ deployKeys, protectedBranches, workflowFiles }: LiveRepository): Unmanaged[] {
  const workflows = workflowFiles.filter((path) => /\.ya?ml$/.test(path)).map((path) => path.slice(path.lastIndexOf("/") + 1));
  return [
    ...(workflows.length === 0 ? [] : [{ path: "workflows", what: `has the workflow files ${workflows.join(", ")}`, todo: "they stay as they are; declare their families under workflows to have them made, or their text under files.content" }]),
    ...deployKeys.map((title) => ({ path: "deployKeys", what: `has the deploy key ${title}`, todo: "it stays as it is: the configuration has no word for it" })),
    ...protectedBranches.map((branch) => ({ path: "rulesets", what: `protects the branch ${branch} in GitHub's older way`, todo: "it stays as it is; write a ruleset that says the same, then remove the old protection" })),
  ];
}
