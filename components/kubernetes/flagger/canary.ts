import { trafficPolicy } from "../destination.ts";
import { gatewayPort, httpPorts } from "../gateway-port.ts";
import { primaryOf } from "../naming.ts";
import { patience } from "../routes.ts";
import type { ContainerPort } from "../specification.ts";
import { publicHosts } from "../traffic-settings.ts";
import type { TrafficSettings } from "../traffic-settings.ts";
import { analysis } from "./analysis.ts";
import type { AnalysisArgs } from "./analysis.ts";
import type { CanaryService, CanarySpec } from "./types.ts";

export interface CanaryArgs extends AnalysisArgs {
  ports: readonly ContainerPort[];
  /** Seconds for which pods may be unready, their start included, until the release is rolled back. */
  unreadySeconds: number;
}

/** What Flagger is to do with the service's Deployment and autoscaler, which have the service's name. */
export function canarySpec(args: CanaryArgs): CanarySpec {
  const { service, unreadySeconds } = args;
  return {
    provider: "istio",
    targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: service },
    autoscalerRef: { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", name: service },
    progressDeadlineSeconds: unreadySeconds,
    service: canaryService(args),
    analysis: analysis(args),
  };
}

/** Names that Flagger gives to objects of its own, beside the service's. */
export function namesTaken(service: string): string[] {
  return [primaryOf(service), `${service}-canary`];
}

/** The gateway comes before the mesh: only then Flagger names the port, without which a Service of several ports has no route. */
function canaryService({ service, ports, traffic }: CanaryArgs): CanaryService {
  const port = entrance(service, ports, traffic);
  const hosts = publicHosts(traffic);
  const policy = trafficPolicy(traffic);
  return {
    port: port.port,
    portName: port.name,
    targetPort: port.name,
    appProtocol: port.protocol,
    portDiscovery: ports.length > 1,
    gateways: traffic.exposure.kind === "gateway" ? [service, "mesh"] : ["mesh"],
    ...(hosts.length > 0 && { hosts }),
    ...(policy && { trafficPolicy: policy }),
    ...patience(traffic),
  };
}

function entrance(service: string, ports: readonly ContainerPort[], { exposure }: TrafficSettings): ContainerPort {
  if (exposure.kind === "gateway") return gatewayPort(service, exposure.port, ports);
  const [first] = httpPorts(ports);
  if (first !== undefined) return first;
  throw new RangeError(`services.${service}.ports: has none whose requests Flagger could judge; give one the protocol http, http2 or grpc`);
}
