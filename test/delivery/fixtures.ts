import { putTogether } from "../../components/delivery/parts.ts";
import type { Parts } from "../../components/delivery/parts.ts";
import type { RevisionInstruction, Release, Revision, Strategy } from "../../components/delivery/release-types.ts";
import type { RevisionSpecification } from "../../components/kubernetes/specification.ts";

export const NOW = new Date("2026-11-21T10:00:00.000Z");
export const LATER = new Date("2026-11-21T11:00:00.000Z");

export const DIRECT: Strategy = { kind: "direct", retain: 1 };
export const CANARY: Strategy = { kind: "canary", stages: [10, 25, 50, 100], retain: 0 };
export const BLUE_GREEN: Strategy = { kind: "blue-green", retain: 1 };

export const SPECIFICATION: RevisionSpecification = {
  ports: [{ name: "http", port: 8080, protocol: "http" }],
  environment: { LOG_LEVEL: "info" },
  secrets: {},
  probes: { readiness: { kind: "http", path: "/ready", port: "http" } },
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  scaling: { kind: "auto", min: 2, max: 4, cpuPercent: 70 },
  disruption: { kind: "max-unavailable", pods: 1 },
  gracePeriodSeconds: 30,
  drainSeconds: 5,
  user: 65532,
  readOnlyRoot: true,
  writable: [],
  spread: "zone",
  podAnnotations: {},
};

/** A revision whose image and settings can be told from its id. */
export function revision(id: string): Revision {
  return { id, image: `ghcr.io/acme/shop@sha256:${id}`, specification: { ...SPECIFICATION, environment: { REVISION: id } } };
}

export const [A, B, C] = [revision("ra"), revision("rb"), revision("rc")];

export function release(parts: Partial<Parts>): Release {
  return putTogether({ stable: A, retained: [], rejected: [], ...parts }, undefined, NOW);
}

/** The weights by id, in the record's order. */
export function weights({ revisions }: Release): Record<string, number> {
  return Object.fromEntries(revisions.map(({ id, weight }) => [id, weight]));
}

export function rollback(id: string): RevisionInstruction {
  return { service: "shop", id, action: "rollback", reason: "error rate 7 %" };
}

export function advance(id: string, stage: number): RevisionInstruction {
  return { service: "shop", id, action: "advance", stage };
}
