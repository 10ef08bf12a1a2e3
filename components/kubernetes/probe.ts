import type { ContainerPort, Probe, ProbeAction } from "./specification.ts";

/** A probe as the API server takes it. */
export interface KubernetesProbe {
  httpGet?: { path: string; port: number };
  grpc?: { port: number; service?: string };
  tcpSocket?: { port: number };
  exec?: { command: string[] };
  periodSeconds?: number;
  failureThreshold?: number;
  timeoutSeconds?: number;
  initialDelaySeconds?: number;
}

/**
 * The probe with its port by number: a gRPC probe takes no name.
 * @throws RangeError when it names a port that the container does not declare.
 */
export function kubernetesProbe(path: string, probe: Probe, ports: readonly ContainerPort[]): KubernetesProbe {
  const timings: KubernetesProbe = {};
  if (probe.periodSeconds !== undefined) timings.periodSeconds = probe.periodSeconds;
  if (probe.failureThreshold !== undefined) timings.failureThreshold = probe.failureThreshold;
  if (probe.timeoutSeconds !== undefined) timings.timeoutSeconds = probe.timeoutSeconds;
  if (probe.initialDelaySeconds !== undefined) timings.initialDelaySeconds = probe.initialDelaySeconds;
  return { ...action(path, probe, ports), ...timings };
}

function action(path: string, probe: ProbeAction, ports: readonly ContainerPort[]): KubernetesProbe {
  switch (probe.kind) {
    case "http":
      return { httpGet: { path: probe.path, port: portNamed(path, probe.port, ports).port } };
    case "grpc": {
      const port = portNamed(path, probe.port, ports).port;
      return { grpc: probe.service === undefined ? { port } : { port, service: probe.service } };
    }
    case "tcp":
      return { tcpSocket: { port: portNamed(path, probe.port, ports).port } };
    case "exec":
      return { exec: { command: probe.command } };
    default:
      return probe satisfies never;
  }
}

/**
 * A declared port.
 * @throws RangeError when no port has that name.
 */
export function portNamed(path: string, name: string, ports: readonly ContainerPort[]): ContainerPort {
  const found = ports.find((port) => port.name === name);
  if (found) return found;
  const names = ports.map((port) => port.name).join(", ") || "none is declared";
  throw new RangeError(`${path}: no port has this name, got "${name}"; name one of the declared ports (${names})`);
}
