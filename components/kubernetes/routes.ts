import { returning, stickyCookie } from "./affinity.ts";
import { clusterHost } from "./destination.ts";
import { gatewayPort, httpPorts } from "./gateway-port.ts";
import type { Destination, HttpDestination, HttpMatch, HttpRoute, TcpRoute, VirtualServiceSpec } from "./istio.ts";
import type { ContainerPort } from "./specification.ts";
import { answering } from "./split.ts";
import type { Weight } from "./split.ts";
import { publicHosts } from "./traffic-settings.ts";
import type { TrafficSettings } from "./traffic-settings.ts";

export interface RouteArgs {
  service: string;
  namespace: string;
  ports: readonly ContainerPort[];
  split: readonly Weight[];
  candidate?: string | undefined;
  traffic: TrafficSettings;
}

/** Where requests come in: the mesh's sidecars, or the service's gateway, which has to be told the port. */
interface Entrance {
  name: string;
  port?: number;
}

/** The routes of a service: testers first, then returning visitors, then the split, each for the gateway and for the mesh. */
export function virtualServiceSpec(args: RouteArgs): VirtualServiceSpec {
  const { service, namespace, ports, traffic } = args;
  const { exposure } = traffic;
  const entrances: Entrance[] = [
    ...(exposure.kind === "gateway" ? [{ name: service, port: gatewayPort(service, exposure.port, ports).port }] : []),
    ...(httpPorts(ports).length > 0 ? [{ name: "mesh" }] : []),
  ];
  const http = entrances.flatMap((entrance) => httpRoutes(args, entrance));
  const tcp = ports.filter((port) => port.protocol === "tcp").map((port) => tcpRoute(args, port.port));
  return {
    hosts: [clusterHost(service, namespace), ...publicHosts(traffic)],
    gateways: exposure.kind === "gateway" ? ["mesh", service] : ["mesh"],
    ...(http.length > 0 && { http }),
    ...(tcp.length > 0 && { tcp }),
  };
}

function httpRoutes(args: RouteArgs, entrance: Entrance): HttpRoute[] {
  const { candidate, split, traffic: { affinity, mirror, testers } } = args;
  const to = (subset: string): Destination => ({
    host: clusterHost(args.service, args.namespace),
    subset,
    ...(entrance.port !== undefined && { port: { number: entrance.port } }),
  });
  const route = (name: string, headers: HttpMatch["headers"], destinations: HttpDestination[]): HttpRoute => ({
    name: `${entrance.name}-${name}`,
    match: [{ gateways: [entrance.name], ...(headers && { headers }) }],
    route: destinations,
    ...patience(args.traffic),
  });
  const all = (subset: string): HttpDestination[] => [{ destination: to(subset), weight: 100 }];
  const visitors = affinity.kind === "revision" ? returning(affinity, split, candidate) : [];
  return [
    ...(testers && candidate ? [route("testers", { [testers.header]: { exact: testers.value } }, all(candidate))] : []),
    ...visitors.map(({ subset, cookie }) => route(`returning-${subset}`, { cookie: { regex: cookie } }, all(subset))),
    {
      ...route("split", undefined, split.map((part) => destination(args, part, to(part.subset)))),
      ...(mirror && candidate && { mirror: to(candidate), mirrorPercentage: { value: mirror.percent } }),
    },
  ];
}

function destination({ split, traffic }: RouteArgs, part: Weight, to: Destination): HttpDestination {
  const cookie = stickyCookie(traffic.affinity, split, part);
  return { destination: to, weight: part.weight, ...(cookie && { headers: { response: { add: { "set-cookie": cookie } } } }) };
}

/** How long an answer may take and how often it is asked for. */
export function patience({ retries, timeoutSeconds }: TrafficSettings): Pick<HttpRoute, "timeout" | "retries"> {
  const tries = {
    attempts: retries.attempts,
    ...(retries.perTrySeconds !== undefined && { perTryTimeout: `${retries.perTrySeconds}s` }),
    retryOn: retries.on.join(","),
  };
  return {
    ...(timeoutSeconds !== undefined && { timeout: `${timeoutSeconds}s` }),
    retries: retries.attempts === 0 ? { attempts: 0 } : tries,
  };
}

/** Envoy refuses a TCP cluster of weight 0, so only answering revisions are named. */
function tcpRoute({ service, namespace, split }: RouteArgs, number: number): TcpRoute {
  const host = clusterHost(service, namespace);
  return {
    match: [{ gateways: ["mesh"], port: number }],
    route: answering(split).map(({ subset, weight }) => ({ destination: { host, subset, port: { number } }, weight })),
  };
}
