import type * as z from "zod";
import { stringify } from "yaml";
import { environment } from "../../settings/schema/repository-environment.ts";
import { webhook } from "../../settings/schema/repository-parts.ts";
import { ruleset } from "../../settings/schema/repository-ruleset.ts";
import { environmentSettings } from "../adopt/repository/environment.ts";
import { liveEnvironment, liveHook, livePolicy, liveRuleset, liveSecret, liveVariable } from "../adopt/repository/live.ts";
import { rulesetSettings } from "../adopt/repository/ruleset.ts";
import { webhookSettings } from "../adopt/repository/webhooks.ts";
import { secretKeyOf } from "../adopt/secret-key.ts";
import { smallest } from "../adopt/smallest.ts";
import type { Difference, NextSteps } from "./types.ts";

const wholeEnvironment = liveEnvironment.extend({ policies: livePolicy.array(), secrets: liveSecret.array(), variables: liveVariable.array() });

/** How an object that nobody declared becomes a declared one; secrets have to be set anew, because GitHub shows them to nobody. */
export function declaredAnew({ type, what, live, object }: Difference): NextSteps["adopt"] {
  const [repository = "", first = "", ...others] = what.split("/").slice(1).join("/").split(":");
  const name = others.length === 0 ? first : others.join(":");
  const yaml = (piece: unknown): NextSteps["adopt"] => ({ yaml: stringify({ "slipway:repositories": { [repository]: piece } }, { lineWidth: 0 }).trimEnd() });
  switch (type) {
    case "github:ActionsSecret":
      return yaml({ secrets: { [name]: { secret: secretKeyOf(repository, name) } } });
    case "github:ActionsEnvironmentSecret":
      return yaml({ environments: { [first]: { secrets: { [name]: { secret: secretKeyOf(repository, first, name) } } } } });
    case "github:DependabotSecret":
      return yaml({ dependabotSecrets: { [name]: { secret: secretKeyOf(repository, "dependabot", name) } } });
    case "github:ActionsVariable":
      return yaml({ variables: { [name]: live } });
    case "github:ActionsEnvironmentVariable":
      return yaml({ environments: { [first]: { variables: { [name]: live } } } });
    case "github:RepositoryEnvironment":
      return read(wholeEnvironment, object, ({ secrets, ...found }) => {
        const { settings } = environmentSettings(repository, { ...found, secrets: secrets.map((secret) => secret.name) });
        return yaml({ environments: { [found.name]: smallest(environment, settings) } });
      });
    case "github:RepositoryRuleset":
      return read(liveRuleset, object, (found) => yaml({ rulesets: { [found.name]: smallest(ruleset, rulesetSettings(found, []).settings) } }));
    case "github:RepositoryWebhook":
      // Its address may grant access, and this text goes into issues.
      return read(liveHook, object, (found) => yaml({ webhooks: Object.fromEntries(Object.entries(webhookSettings(repository, [found]).settings).map(([key, settings]) => (
        [key, smallest(webhook, { ...settings, url: { secret: secretKeyOf(repository, "webhook", key, "url") } })]
      ))) }));
    case "github:RepositoryDeployKey":
      return { none: "deploy keys are not declared by a stack; delete it, or ignore it with a reason" };
    default:
      return { none: "no setting of the stack's file says this alone; delete it, or ignore it with a reason" };
  }
}

/** What the settings have no word for is said instead of half declared. */
function read<T>(schema: z.ZodType<T>, object: unknown, piece: (found: T) => NextSteps["adopt"]): NextSteps["adopt"] {
  const none = { none: "the stack's file has no word for all of it; delete it, or ignore it with a reason" };
  const parsed = schema.safeParse(object);
  if (!parsed.success) return none;
  try {
    return piece(parsed.data);
  } catch (error) {
    if (error instanceof Error && error.name === "ZodError") return none;
    throw error;
  }
}
