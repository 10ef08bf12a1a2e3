import { stringify } from "yaml";
import type { Difference, NextSteps } from "./types.ts";

const PLACEHOLDER = { secret: "<config key>" };

/** How an object that nobody declared becomes a declared one; secrets have to be set anew, because GitHub shows them to nobody. */
export function declaredAnew({ type, what, live }: Difference): NextSteps["adopt"] {
  const [repository = "", first = "", ...others] = what.split("/").slice(1).join("/").split(":");
  const name = others.length === 0 ? first : others.join(":");
  const yaml = (piece: unknown): NextSteps["adopt"] => ({ yaml: stringify({ "slipway:repositories": { [repository]: piece } }, { lineWidth: 0 }).trimEnd() });
  switch (type) {
    case "github:ActionsSecret":
      return yaml({ secrets: { [name]: PLACEHOLDER } });
    case "github:ActionsEnvironmentSecret":
      return yaml({ environments: { [first]: { secrets: { [name]: PLACEHOLDER } } } });
    case "github:DependabotSecret":
      return yaml({ dependabotSecrets: { [name]: PLACEHOLDER } });
    case "github:ActionsVariable":
      return yaml({ variables: { [name]: live } });
    case "github:ActionsEnvironmentVariable":
      return yaml({ environments: { [first]: { variables: { [name]: live } } } });
    case "github:RepositoryDeployKey":
      return { none: "deploy keys are not declared by a stack; delete it, or ignore it with a reason" };
    default:
      return { none: `run npm run slipway -- adopt for ${repository}, and take what it prints` };
  }
}
