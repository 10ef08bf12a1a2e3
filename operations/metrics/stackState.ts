import { parseReleases, RECORD } from "../../components/delivery/record-format.ts";
import { record } from "../unknown.ts";
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
  const services = Object.values(record(systems)).flatMap((system) => Object.entries(record(record(system)["services"])));
  return Object.fromEntries(services.flatMap(([service, summary]) => {
    const namespace = record(summary)["namespace"];
    return typeof namespace === "string" ? [[service, namespace]] : [];
  }));
}

/** The stack's outputs in a checkpoint file, or in what `pulumi stack export` prints; none in a stack that was destroyed. */
export function outputsOf(document: unknown): Record<string, unknown> {
  const { checkpoint, deployment } = record(document);
  const { resources } = record(deployment ?? record(checkpoint)["latest"]);
  const stack = Array.isArray(resources) ? resources.map(record).find(({ type }) => type === "pulumi:pulumi:Stack") : undefined;
  return record(stack?.["outputs"]);
}
