import type { ContainerPort } from "./specification.ts";

/** A port of a Service as the API server takes it. */
export interface ServicePort {
  name: string;
  port: number;
  targetPort: string | number;
  protocol: "TCP";
  appProtocol: ContainerPort["protocol"];
}

/**
 * The stable revision's ports, found in each pod by name, so that a candidate may move one to another number; a port that another
 * revision has under another name is found by number.
 */
export function servicePorts(ports: readonly ContainerPort[], otherPorts: readonly ContainerPort[] = []): ServicePort[] {
  return ports.map(({ name, port, protocol }) => {
    const renamed = otherPorts.some((other) => other.port === port && other.name !== name);
    return { name, port, targetPort: renamed ? port : name, protocol: "TCP", appProtocol: protocol };
  });
}
