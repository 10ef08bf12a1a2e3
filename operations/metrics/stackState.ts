import { parseReleases, RECORD } from "../../components/delivery/record-format.ts";
import type { RecordedRelease } from "./releaseRuns.ts";

export type RecordedReleases = Record<string, RecordedRelease>;

/**
 * The releases in a stack's outputs, without the revisions' specifications.
 * @throws RangeError when the record is damaged
 */
export function releasesIn(outputs: Readonly<Record<string, unknown>>): RecordedReleases {
  return Object.fromEntries(Object.entries(parseReleases(outputs[RECORD])).map(([service, { stage, since, rejected, revisions }]) => (
    [service, { stage, since, rejected, revisions: revisions.map(({ id, role, weight }) => ({ id, role, weight })) }]
  )));
}

/** Service → namespace, as the output `systems` says. */
export function namespacesIn({ systems }: Readonly<Record<string, unknown>>): Record<string, string> {
  const services = Object.values(recordOf(systems)).flatMap((system) => Object.entries(recordOf(recordOf(system)["services"])));
  return Object.fromEntries(services.flatMap(([service, summary]) => {
    const namespace = recordOf(summary)["namespace"];
    return typeof namespace === "string" ? [[service, namespace]] : [];
  }));
}

/** The stack's outputs in a checkpoint file, or in what `pulumi stack export` prints; none in a stack that was destroyed. */
export function outputsOf(document: unknown): Record<string, unknown> {
  const { checkpoint, deployment } = recordOf(document);
  const { resources } = recordOf(deployment ?? recordOf(checkpoint)["latest"]);
  const stack = Array.isArray(resources) ? resources.map(recordOf).find(({ type }) => type === "pulumi:pulumi:Stack") : undefined;
  return recordOf(stack?.["outputs"]);
}

export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}
