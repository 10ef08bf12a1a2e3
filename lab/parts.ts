import { agent } from "./parts/agent.ts";
import { apiServer } from "./parts/api-server.ts";
import { controllers } from "./parts/controllers.ts";
import { discovery } from "./parts/discovery.ts";
import { etcd } from "./parts/etcd.ts";
import { gateway } from "./parts/gateway.ts";
import type { MakePart, PartName } from "./parts/part.ts";
import { prometheus } from "./parts/prometheus.ts";
import type { Program } from "./sources.ts";

/** How each part is made, and of which program. */
export const makers: Record<PartName, { make: MakePart; program: Program | "node" }> = {
  etcd: { make: etcd, program: "etcd" },
  "api-server": { make: apiServer, program: "kube-apiserver" },
  controllers: { make: controllers, program: "kube-controller-manager" },
  discovery: { make: discovery, program: "pilot-discovery" },
  gateway: { make: gateway, program: "envoy" },
  prometheus: { make: prometheus, program: "prometheus" },
  agent: { make: agent, program: "node" },
};
