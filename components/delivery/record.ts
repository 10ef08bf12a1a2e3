import * as pulumi from "@pulumi/pulumi";
import { isPinned } from "../images/reference.ts";
import { parseReleases, RECORD } from "./record-format.ts";
import type { Decision, Release } from "./release-types.ts";

/** What the last update of this stack left in its outputs; nothing on the first. */
export interface Recorded {
  releases: Record<string, Release>;
  /** What people see of it, by repository. */
  systems: Record<string, unknown>;
}

/**
 * Reads the stack's own outputs.
 * @param stack the stack's own full name, `organization/project/stack`
 * @throws RunError when the record is damaged
 */
export async function readRecorded(stack: string): Promise<Recorded> {
  const itself = new pulumi.StackReference("itself", { name: stack });
  const [{ secretValue, value }, systems] = await Promise.all([itself.getOutputDetails(RECORD), itself.getOutputValue("systems")]);
  try {
    return { releases: parseReleases(value ?? secretValue), systems: typeof systems === "object" && systems !== null ? { ...systems } : {} };
  } catch (error) {
    throw error instanceof RangeError ? new pulumi.RunError(error.message) : error;
  }
}

export interface RecordInputs {
  decision: Decision;
  /** What the last update recorded of this service; nothing before the first. */
  recorded: Release | undefined;
  /** Whether this update carries an instruction for any service. */
  instructed: boolean;
  /** Resolves when the stable revision's pods are ready. */
  ready: pulumi.Output<unknown>;
  /** Image by digest of each revision. */
  images: Readonly<Record<string, pulumi.Output<string>>>;
}

/**
 * The release as it is recorded. It is plain, and so recorded even if a resource of the update fails, but for two cases: a revision
 * without a verdict counts only once its pods are ready, and a build once it has a digest. An update with an instruction does not wait for
 * these, because a verdict must not be lost to some other service's failure; it leaves the older record, from which they are decided again.
 */
export function recordOf({ decision, recorded, instructed, ready, images }: RecordInputs): pulumi.Output<Release | undefined> {
  const { release, unproven, outcome } = decision;
  const unbuilt = release.revisions.filter(({ image }) => !isPinned(image));
  if (pulumi.runtime.isDryRun() || (!unproven && unbuilt.length === 0)) return pulumi.output(release);
  if (instructed) return pulumi.output(outcome?.kind === "done" ? release : recorded);
  const digests = pulumi.all(Object.fromEntries(unbuilt.flatMap(({ id }) => (images[id] === undefined ? [] : [[id, images[id]]]))));
  return pulumi.all([digests, unproven ? ready : undefined]).apply(([digest]) => withImages(release, digest));
}

function withImages(release: Release, digests: Record<string, string>): Release {
  return { ...release, revisions: release.revisions.map((revision) => ({ ...revision, image: digests[revision.id] ?? revision.image })) };
}
