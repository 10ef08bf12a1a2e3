import { isProperties } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { camel, camelName, object, snake, snakeName } from "./case.ts";

/** Rules whose names differ by more than their case: the provider's, and GitHub's. */
const NAMES: readonly (readonly [string, string])[] = [["requiredCodeScanning", "code_scanning"]];
/** The same for parameters, by the provider's name of the rule. */
const PARAMETERS: Readonly<Record<string, readonly [string, string]>> = {
  requiredCodeScanning: ["required_code_scanning_tools", "code_scanning_tools"],
  requiredStatusChecks: ["required_checks", "required_status_checks"],
};

/** A ruleset's rules as GitHub tells them: those that are on, each with its parameters. */
export function toldRules(rules: Properties): Properties[] {
  return Object.entries(rules).filter(([name, value]) => name !== "updateAllowsFetchAndMerge" && value !== false && value !== null).map(([name, value]) => {
    const type = NAMES.find(([ours]) => ours === name)?.[1] ?? snakeName(name);
    if (name === "update" && rules["updateAllowsFetchAndMerge"] !== undefined) return { type, parameters: { update_allows_fetch_and_merge: rules["updateAllowsFetchAndMerge"] } };
    return isProperties(value) ? { type, parameters: renamed(snake(value), PARAMETERS[name] ?? ["", ""]) } : { type };
  });
}

/** The provider's mapping for rules as they are sent. */
export function declaredRules(rules: Properties[]): Properties {
  const declared: Properties = {};
  for (const rule of rules) {
    const type = String(rule["type"]);
    const name = NAMES.find(([, theirs]) => theirs === type)?.[0] ?? camelName(type);
    const [ours = "", theirs = ""] = PARAMETERS[name] ?? [];
    const parameters = object(rule["parameters"]);
    if (name === "update") Object.assign(declared, { update: true }, parameters["update_allows_fetch_and_merge"] === true ? { updateAllowsFetchAndMerge: true } : {});
    else declared[name] = Object.keys(parameters).length === 0 ? true : camel(renamed(parameters, [theirs, ours]));
  }
  return declared;
}

function renamed(value: Properties, [from, to]: readonly [string, string]): Properties {
  return Object.fromEntries(Object.entries(value).map(([key, each]): [string, Value] => [key === from ? to : key, each]));
}
