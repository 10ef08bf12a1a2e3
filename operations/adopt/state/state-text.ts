import * as z from "zod";
import { RECORD } from "../../../components/delivery/record-format.ts";
import type { Release } from "../../../components/delivery/release-types.ts";

const resource = z.looseObject({ urn: z.string(), type: z.string(), outputs: z.record(z.string(), z.unknown()).optional() });
const state = z.looseObject({ deployment: z.looseObject({ resources: z.array(resource).nullable().optional() }) });

const STACK = "pulumi:pulumi:Stack";

/** Releases that a stack's state has recorded, by service. @param exported what `pulumi stack export` gives */
export function recordedIn(exported: unknown): ReadonlySet<string> {
  const root = (state.parse(exported).deployment.resources ?? []).find(({ type }) => type === STACK);
  const releases = root?.outputs?.[RECORD];
  return new Set(typeof releases === "object" && releases !== null ? Object.keys(releases) : []);
}

/** A stack's state with releases added to its record, for `pulumi stack import`. Nothing else of it changes. @param name `project` and `stack` */
export function withReleases(exported: unknown, { project, stack }: { project: string; stack: string }, releases: Readonly<Record<string, Release>>): string {
  const parsed = state.parse(exported);
  const resources = parsed.deployment.resources ?? [];
  const found = resources.find(({ type }) => type === STACK);
  const root = found ?? { urn: `urn:pulumi:${stack}::${project}::${STACK}::${project}-${stack}`, custom: false, type: STACK };
  const before = root.outputs?.[RECORD];
  const outputs = { ...root.outputs, [RECORD]: { ...(typeof before === "object" ? before : {}), ...releases } };
  const rest = resources.filter((each) => each !== found);
  return JSON.stringify({ ...parsed, deployment: { ...parsed.deployment, resources: [{ ...root, outputs }, ...rest] } });
}
