import type * as pulumi from "@pulumi/pulumi";
import type { Revision } from "../kubernetes/revision.ts";
import { Traffic } from "../kubernetes/traffic.ts";
import { withRole } from "./parts.ts";
import type { ServicePlan } from "./plan.ts";
import type { RevisionRecord } from "./release-types.ts";

export interface SplitTrafficArgs {
  service: string;
  namespace: pulumi.Input<string>;
  plan: ServicePlan;
  stable: RevisionRecord;
  /** The pods of each live revision, by its id. */
  pods: Readonly<Record<string, Revision>>;
}

/** The traffic of a release as it was decided. */
export function splitTraffic(name: string, { service, namespace, plan: { settings, decision }, stable, pods }: SplitTrafficArgs, opts: pulumi.ComponentResourceOptions): Traffic {
  const { revisions } = decision.release;
  const [candidate] = withRole(decision.release, "candidate");
  return new Traffic(name, {
    service,
    namespace,
    ports: stable.specification.ports,
    otherPorts: revisions.filter(({ id }) => id !== stable.id).flatMap(({ specification }) => specification.ports),
    split: revisions.map(({ id, weight }) => ({ subset: id, weight })),
    candidate: candidate?.id,
    traffic: settings.traffic,
    ready: Object.fromEntries(Object.entries(pods).map(([id, { deployment }]) => [id, deployment])),
  }, { ...opts, transformations: decision.recordsOnly ? [keepRoutes] : [] });
}

/** Sends the routes of the last update again, whatever the record says: this update only records a rejection. */
function keepRoutes({ type, props, opts }: pulumi.ResourceTransformationArgs): pulumi.ResourceTransformationResult | undefined {
  return type.endsWith(":VirtualService") ? { props, opts: { ...opts, ignoreChanges: ["spec"] } } : undefined;
}
