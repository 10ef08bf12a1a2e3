import type { Complaint, ResourcePolicy } from "../types.ts";
import { at } from "../values.ts";
import { containersOf, podsOf } from "../workloads.ts";

const NEEDED = [
  { field: ["requests", "cpu"], wrong: "asks for no CPU, so that the scheduler places the pod anywhere", todo: "set what it uses on a usual day, such as 200m" },
  { field: ["requests", "memory"], wrong: "asks for no memory, so that it is the first to be evicted", todo: "set what it uses on a usual day, such as 256Mi" },
  { field: ["limits", "memory"], wrong: "may take all of the node's memory", todo: "set what it may not exceed, such as 512Mi" },
];

export const resourcesSet: ResourcePolicy = {
  name: "resources-set",
  about: "resource",
  severity: "mandatory",
  description: "A container says how much CPU and memory it asks for, and how much memory it may take",
  reason: "Without requests the scheduler packs blindly, and without a memory limit one leak takes its neighbours down",
  judge(resource) {
    return containersOf(podsOf(resource), "running").flatMap(({ path, value }): Complaint[] => (
      NEEDED.flatMap(({ field, wrong, todo }) => (at(value, "resources", ...field) === undefined ? [{ path: `${path}.resources.${field.join(".")}`, wrong, todo }] : []))
    ));
  },
};
