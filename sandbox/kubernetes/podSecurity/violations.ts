import { fields, isFields, type Fields, type Manifest } from "../manifest.ts";
import { baselineChecks } from "./baseline.ts";
import { OVERRIDES, restrictedChecks } from "./restricted.ts";
import type { SecurityCheck } from "./standard.ts";

const ENFORCE = "pod-security.kubernetes.io/enforce";
const byId = (checks: Record<string, SecurityCheck>): [string, SecurityCheck][] => Object.entries(checks).sort(([a], [b]) => (a < b ? -1 : 1));
const unreplaced = byId(baselineChecks).filter(([id]) => !OVERRIDES.has(id));

/** The server runs the checks of a standard in the order of their ids, baseline's first. */
const STANDARDS: Record<string, [string, SecurityCheck][]> = { baseline: byId(baselineChecks), restricted: [...unreplaced, ...byId(restrictedChecks)] };

/**
 * What the namespace's enforced Pod Security Standard holds against a pod's spec, in the admission's words; undefined when it may run.
 * The latest version of a standard is judged, whichever the namespace pins; its exemptions are the cluster's and unknown here.
 */
export function podSecurityViolation(namespace: Manifest | undefined, spec: unknown): string | undefined {
  const labels: Fields = fields(namespace?.metadata["labels"]);
  const level = String(labels[ENFORCE] ?? "privileged");
  if (!isFields(spec)) return undefined;
  const breaches = (STANDARDS[level] ?? []).flatMap(([, check]) => check(spec) ?? []);
  if (breaches.length === 0) return undefined;
  const version = String(labels[`${ENFORCE}-version`] ?? "latest");
  return `violates PodSecurity ${JSON.stringify(`${level}:${version}`)}: ${breaches.map(({ reason, detail }) => `${reason} (${detail})`).join(", ")}`;
}
