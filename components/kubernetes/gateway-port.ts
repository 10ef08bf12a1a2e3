import type { ContainerPort } from "./specification.ts";
import type { Exposure } from "./traffic-settings.ts";

/** The ports that the mesh can route requests to. */
export function httpPorts(ports: readonly ContainerPort[]): ContainerPort[] {
  return ports.filter(({ protocol }) => protocol !== "tcp");
}

/**
 * The port that takes the gateway's traffic: the named one, else the first that speaks HTTP.
 * @throws RangeError with the text of `gatewayProblem`.
 */
export function gatewayPort(service: string, name: string | undefined, ports: readonly ContainerPort[]): ContainerPort {
  const port = find(name, ports);
  if (port === undefined) throw new RangeError(missing(service, name));
  return port;
}

/** Why the gateway cannot be served, or undefined. Settings know the desired revision's ports alone, and the stable one may have others. */
export function gatewayProblem(service: string, exposure: Exposure, ports: readonly ContainerPort[]): string | undefined {
  if (exposure.kind === "mesh" || find(exposure.port, ports) !== undefined) return undefined;
  return missing(service, exposure.port);
}

function find(name: string | undefined, ports: readonly ContainerPort[]): ContainerPort | undefined {
  return httpPorts(ports).find((port) => name === undefined || port.name === name);
}

function missing(service: string, name: string | undefined): string {
  const path = `services.${service}.traffic.exposure`;
  const todo = "release such a port first, and expose it when its revision is the stable one";
  if (name === undefined) return `${path}: the stable revision has no port that speaks http, http2 or grpc; ${todo}`;
  return `${path}.port: the stable revision has no port of this name that speaks http, http2 or grpc, got "${name}"; ${todo}`;
}
