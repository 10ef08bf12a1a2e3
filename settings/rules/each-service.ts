import { pathText } from "../problem.ts";
import type { Problem } from "../problem.ts";
import type { ServiceSettings } from "../schema/service.ts";
import type { Rule } from "./rule.ts";

/** Path of a setting of the service that is looked at. */
export type At = (...parts: PropertyKey[]) => string;

/** A rule over one service at a time. */
export function eachService(look: (service: ServiceSettings, at: At) => Problem[]): Rule {
  return ({ services }) => Object.entries(services).flatMap(([name, service]) =>
    look(service, (...parts) => pathText(["services", name, ...parts])));
}

/** The indexes of values that stood before already. */
export function repeated(values: readonly PropertyKey[]): number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}
