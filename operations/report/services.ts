import * as z from "zod";
import { controllerOf } from "../../components/delivery/engine-settings.ts";
import { parseReleases, RECORD } from "../../components/delivery/record-format.ts";
import type { Release, RevisionRecord } from "../../components/delivery/release-types.ts";
import { parseReference } from "../../components/images/reference.ts";
import type { Sections } from "../../settings/index.ts";
import { appliedWeights } from "../rollout/applied.ts";
import { record } from "../unknown.ts";
import { own } from "./own.ts";
import type { RevisionReport, ServiceReport } from "./stack-types.ts";

const summary = z.object({ namespace: z.string().default(""), hosts: z.array(z.string()).default([]) });

export interface ServiceInputs {
  /** As `pulumi stack export` prints it. */
  exported: unknown;
  /** The stack's outputs. */
  outputs: Readonly<Record<string, unknown>>;
  /** What the stack's file says; what it no longer declares still runs. */
  settings: Pick<Sections, "services">;
}

/** What runs where, by service. @throws RangeError when the record is damaged */
export function servicesIn({ exported, outputs, settings }: ServiceInputs): ServiceReport[] {
  const places = placesIn(outputs);
  return Object.entries(parseReleases(outputs[RECORD])).sort(([left], [right]) => left.localeCompare(right, "en")).map(([name, release]) => {
    const applied = appliedWeights(exported, name);
    const declared = own(settings.services, name);
    const controlled = declared !== undefined && controllerOf(declared.rollout) !== undefined;
    return {
      name,
      system: places.get(name)?.system ?? "",
      namespace: places.get(name)?.namespace ?? "",
      hosts: places.get(name)?.hosts ?? [],
      ...stageOf(release),
      since: release.since,
      stages: declared?.strategy.kind === "canary" ? declared.strategy.stages : [],
      asked: release.asked?.image,
      revisions: release.revisions.map((revision) => revisionOf(revision, applied)),
      rejected: release.rejected.map(({ at, id, reason }) => ({ revision: id, reason, at })),
      // A controller moves the weights by itself: the record does not say them.
      inCluster: controlled || release.revisions.every(({ id, weight }) => (own(applied, id) ?? 0) === weight),
    };
  });
}

interface Place extends z.infer<typeof summary> {
  system: string;
}

function placesIn({ systems }: Readonly<Record<string, unknown>>): Map<string, Place> {
  return new Map(Object.entries(record(systems)).flatMap(([system, value]) => (
    Object.entries(record(record(value)["services"])).map(([name, each]): [string, Place] => {
      const { data } = summary.safeParse(each);
      return [name, { system, namespace: "", hosts: [], ...data }];
    })
  )));
}

function stageOf({ revisions, stage }: Release): Pick<ServiceReport, "stage" | "held"> {
  if (stage.kind === "held") return { stage: "held", held: stage.reason };
  return { stage: revisions.some(({ role }) => role === "candidate") ? "in flight" : "settled" };
}

function revisionOf({ id, image, role, weight }: RevisionRecord, applied: Readonly<Record<string, number>>): RevisionReport {
  return { id, role, weight, applied: own(applied, id), ...partsOf(image) };
}

/** A reference that cannot be taken apart is shown as it is. */
function partsOf(reference: string): Pick<RevisionReport, "image" | "tag" | "digest"> {
  try {
    const { digest, repository, tag } = parseReference("image", reference);
    return { image: repository, tag, digest };
  } catch (error) {
    if (error instanceof RangeError) return { image: reference };
    throw error;
  }
}
