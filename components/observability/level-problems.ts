import type { ServiceLevel } from "./service-level.ts";

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * What could make a query of the service wrong: its queries are fixed but for names, numbers and bounds, and every form of them is held
 * against grammar, types and catalogue by the tests (`ruleProblems`). Bounds are refused where they are asked for.
 */
export function levelProblems(level: ServiceLevel): string[] {
  const { limits, minimumRequests, namespace, objectives: { availability, latency }, service, windowDays } = level;
  const path = `services.${service}.observability`;
  const numbers = { ...limits, availability, latency: latency?.percent, minimumRequests, windowDays };
  return [
    ...[service, namespace].filter((name) => !NAME.test(name)).map((name) => `${path}: a name would end the query's label, got ${JSON.stringify(name)}; use a DNS label`),
    ...Object.entries(numbers).filter(([, value]) => value !== undefined && !(Number.isFinite(value) && value >= 0)).map(([name, value]) => `${path}: ${name} is no number to compare with, got ${value}; use one of 0 or more`),
    ...Object.entries({ availability, latency: latency?.percent }).filter(([, value]) => value !== undefined && value >= 100).map(([name, value]) => `${path}: ${name} leaves no budget to divide by, got ${value}; use less than 100`),
  ];
}
