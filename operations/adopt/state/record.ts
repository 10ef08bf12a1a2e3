import type { Release, RevisionRecord } from "../../../components/delivery/release-types.ts";
import { specificationOf } from "../../../components/delivery/service-settings.ts";
import type { ServiceSettings } from "../../../settings/schema/service.ts";
import type { LiveService } from "../service/objects.ts";
import { revisionsOf, wanted } from "../service/settings.ts";
import { splitOf } from "../service/traffic.ts";

/**
 * The release that the cluster shows of a service: its revisions under the ids that their pods have, with the weights that the routes have.
 * @param configured the id that the program gives to what the configuration asks for
 */
export function adoptedRelease(service: LiveService, settings: ServiceSettings, configured: string, now: Date): Release {
  const pods = revisionsOf(service);
  const { id: desired } = wanted(service);
  const weights = splitOf(service).filter(({ subset }) => pods.has(subset));
  const order = [...weights, ...[...pods.keys()].filter((id) => weights.every(({ subset }) => subset !== id)).map((subset) => ({ subset, weight: 0 }))];
  const revisions = order.map(({ subset: id, weight }, index): RevisionRecord => {
    const live = pods.get(id);
    if (live === undefined) throw new RangeError(`services.${service.name}: the routes name a revision without pods, got ${id}; remove it from the VirtualService`);
    const role = index === 0 ? "stable" : id === desired ? "candidate" : "retained";
    const specification = id === desired ? specificationOf(settings) : { ...live.settings, ...(live.metrics && { metrics: live.metrics }) };
    return { id, image: live.image, role, weight, specification, ...(id === desired && configured !== id && { configured }) };
  });
  const [stable, ...others] = revisions;
  const sorted = [...(stable === undefined ? [] : [stable]), ...others.sort((one, other) => Number(other.role === "candidate") - Number(one.role === "candidate"))];
  return { revisions: sorted, stage: { kind: others.some(({ role }) => role === "candidate") ? "rollout" : "settled" }, since: now.toISOString(), rejected: [] };
}
