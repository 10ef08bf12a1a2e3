import type { Complaint, ResourcePolicy } from "../types.ts";
import { containersOf, kindOf, podsOf } from "../workloads.ts";

const SERVING = new Set(["Deployment", "StatefulSet", "DaemonSet"]);

export const probesSet: ResourcePolicy = {
  name: "probes-set",
  about: "resource",
  severity: "advisory",
  description: "A container that serves says when it is ready, and when it has to be started again or has started",
  reason: "Requests reach a pod that cannot answer yet, and one that hangs is never replaced",
  judge(resource) {
    if (!SERVING.has(kindOf(resource))) return [];
    return containersOf(podsOf(resource), "running").flatMap(({ path, value }): Complaint[] => [
      ...(value["readinessProbe"] === undefined ? [{ path: `${path}.readinessProbe`, wrong: "is missing", todo: "add one that fails while the pod cannot answer" }] : []),
      ...(value["livenessProbe"] === undefined && value["startupProbe"] === undefined
        ? [{ path: `${path}.livenessProbe`, wrong: "is missing, and so is a startupProbe", todo: "add one that fails when only a restart helps" }]
        : []),
    ]);
  },
};
