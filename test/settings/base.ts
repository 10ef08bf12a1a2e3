import { parseSettings } from "../../settings/parse.ts";
import { problemText } from "../../settings/problem.ts";

/** A config without a problem. Tests change one thing in it. */
export const BASE = {
  "github:owner": "acme",
  repositories: {
    shop: {
      description: "A shop",
      topics: ["shop"],
      environments: {
        production: { approvals: { teams: ["platform"] }, waitMinutes: 5, deployFrom: { kind: "patterns", branches: ["main"] } },
        staging: { approvals: { unprotected: "nobody is hurt there" } },
      },
      secrets: { NPM_TOKEN: { secret: "npmToken" } },
      rulesets: { main: { target: "branch", pullRequest: {}, requiredChecks: { checks: [{ context: "ci" }] }, requiredDeployments: ["staging"] } },
    },
    legacy: { existing: true, environments: { staging: { approvals: { unprotected: "nobody is hurt there" } } } },
  },
  namespaces: { shop: {}, tools: { egress: [{ to: { namespace: "shop" } }] } },
  services: {
    shop: {
      repository: "shop",
      namespace: "shop",
      image: { from: "tag", reference: "ghcr.io/acme/shop:1.0.0" },
      ports: [{ name: "http", port: 8080, protocol: "http" }],
      environment: { LOG_LEVEL: "info" },
      secrets: { DATABASE_URL: { secret: "databaseUrl" }, SESSION_KEY: { generate: { length: 32 } } },
      probes: { readiness: { kind: "http", path: "/healthz", port: "http" } },
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      scaling: { kind: "auto", min: 2, max: 6 },
      traffic: { exposure: { kind: "gateway", hosts: ["shop.example.com"], tls: { mode: "simple", credential: "shop-tls" } } },
    },
    cart: {
      repository: { external: "cart" },
      namespace: "shop",
      image: { from: "digest", reference: `ghcr.io/acme/cart@sha256:${"0".repeat(64)}` },
      strategy: { kind: "direct" },
      ports: [{ name: "grpc", port: 9090, protocol: "grpc" }],
      probes: { readiness: { kind: "grpc", port: "grpc" } },
    },
  },
};

export const SECRETS: readonly string[] = ["npmToken", "databaseUrl", "fingerprintKey"];

/** Path in the config, such as `services.shop.ports[0].name`, or a full key such as `github:owner` → its new value; undefined removes it. */
export type Changes = Readonly<Record<string, unknown>>;

/** A copy of a value of JSON with some places changed. `__proto__` becomes an own key, as it does in a file. */
export function changed(value: unknown, changes: Changes): Record<string, unknown> {
  return placed(value, Object.entries(changes).map(([path, wanted]) => [partsOf(path), wanted]));
}

/** The same with paths taken apart already. */
export function placed(value: unknown, changes: readonly (readonly [path: readonly string[], wanted: unknown])[]): Record<string, unknown> {
  const copy: Record<string, unknown> = JSON.parse(JSON.stringify(value));
  for (const [path, wanted] of changes) change(copy, path, wanted);
  return copy;
}

function change(target: object, [key = "", ...rest]: readonly string[], wanted: unknown): void {
  if (rest.length === 0 && wanted === undefined) {
    Reflect.deleteProperty(target, key);
    return;
  }
  const present: unknown = Object.getOwnPropertyDescriptor(target, key)?.value;
  const value = rest.length === 0 ? wanted : typeof present === "object" && present !== null ? present : {};
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  if (rest.length > 0 && typeof value === "object" && value !== null) change(value, rest, wanted);
}

function partsOf(path: string): string[] {
  return path.includes(":") ? [path] : path.split(/[.[\]]+/).filter((part) => part !== "");
}

/** The lines that a config gets; none when all is well. A section whose value is a text is handed over as it stands. */
export function linesOf(config: Readonly<Record<string, unknown>>, secrets: readonly string[] = SECRETS): string[] {
  const raw = Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `slipway:${key}`, typeof value === "string" ? value : JSON.stringify(value)]);
  const parsed = parseSettings(Object.fromEntries(raw), new Set(secrets.map((key) => (key.includes(":") ? key : `slipway:${key}`))));
  return "problems" in parsed ? parsed.problems.map(problemText) : [];
}

/** A bad config: what is changed in the good one, and every line that has to come of it. */
export interface Bad {
  /** Ends the sentence "refuses …". */
  name: string;
  changes: Changes;
  /** Keys that are set and encrypted. @default SECRETS */
  secrets?: readonly string[];
  lines: readonly string[];
}
