import { problemText } from "../../settings/problem.ts";
import { namespaceRules } from "../../settings/rules/namespace.ts";
import { namespaceSettings } from "../../settings/schema/namespace.ts";
import { serviceSchema } from "../../settings/schema/service.ts";
import { DIGEST } from "../kubernetes/fixtures.ts";

const SERVICE = {
  repository: "storefront",
  namespace: "shop",
  image: { from: "digest", reference: `ghcr.io/acme/storefront@${DIGEST}` },
  ports: [{ name: "http", port: 8080 }],
  probes: { readiness: { kind: "http", path: "/ready", port: "http" } },
};

/** What the rules say about these namespaces and services, whose schemas have nothing to say. */
export function problems(namespaces: Record<string, object>, services: Record<string, object> = {}): string[] {
  const entries = <T>(given: Record<string, object>, parse: (value: object) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, parse(value)]));
  const parsed = {
    owner: "acme",
    repositories: {},
    namespaces: entries(namespaces, (value) => namespaceSettings.parse(value)),
    services: entries(services, (value) => serviceSchema.parse({ ...SERVICE, ...value })),
    declared: { repositories: new Set<string>(), namespaces: new Set(Object.keys(namespaces)), services: new Set(Object.keys(services)) },
  };
  return namespaceRules.flatMap((rule) => rule(parsed)).map(problemText);
}
