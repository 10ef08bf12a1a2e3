import type { PolicySettings, Resource } from "./types.ts";
import { at, fields, items, MASKED, text } from "./values.ts";

const ENVIRONMENTS = ["production", "prod", "live"];

/** The policies' part of a stack's configuration: full key → text, structured values as JSON. The program has checked it before. */
export function settingsOf(config: Readonly<Record<string, string>>): PolicySettings {
  const given = parsed(config["slipway:policy"] ?? "{}");
  const namespaces = at(given, "production", "namespaces");
  const texts = (value: unknown) => items(value).map(text);
  return {
    registries: "registries" in fields(given) ? texts(at(given, "registries")) : [`ghcr.io/${config["github:owner"] ?? ""}`],
    production: {
      ...(namespaces !== undefined && { namespaces: texts(namespaces) }),
      environments: at(given, "production", "environments") === undefined ? ENVIRONMENTS : texts(at(given, "production", "environments")),
    },
    exemptions: items(at(given, "exemptions")).map((each) => {
      const { policy, resource, reason, until } = fields(each);
      return { policy: text(policy), resource: text(resource), reason: text(reason), until: text(until) };
    }),
  };
}

/** The plain configuration as resources, so that policies judge it like everything else; what is encrypted is left out. */
export function configResources(config: Readonly<Record<string, string>>): Resource[] {
  return Object.entries(config).filter(([, value]) => value !== MASKED).map(([name, value]) => ({ urn: "", type: "slipway:config", name, properties: { value: parsed(value) } }));
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}
