import { objectives } from "../objectives.ts";
import type { ServiceLevel } from "../service-level.ts";
import type { Reference } from "./document.ts";
import { dashboardUid, namespaceUid } from "./uid.ts";

/** The service's other dashboards and its namespace's, at the head of the one with the uid. */
export function serviceReferences(level: ServiceLevel, uid: string): Reference[] {
  const { namespace, service } = level;
  const all = [
    { title: "Overview", uid: dashboardUid(namespace, service), tooltip: `Requests, versions and saturation of ${service}` },
    { title: "Canary", uid: dashboardUid(namespace, service, "canary"), tooltip: `Candidate beside stable revision of ${service}` },
    ...(objectives(level).length === 0 ? [] : [{ title: "Service levels", uid: dashboardUid(namespace, service, "levels"), tooltip: `Objectives and error budgets of ${service}` }]),
    { title: "Delivery", uid: dashboardUid(namespace, service, "delivery"), tooltip: `Releases of ${service}: how often, how fast and how well` },
    { title: "Capacity", uid: namespaceUid(namespace, "capacity"), tooltip: `Quota, CPU, memory and pods of namespace ${namespace}` },
  ];
  return all.filter((reference) => reference.uid !== uid);
}
