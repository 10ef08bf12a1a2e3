import type * as z from "zod";
import type { ServiceSettings } from "../../../settings/schema/service.ts";
import { secretKeyOf } from "../secret-key.ts";
import type { NeededSecret } from "../types.ts";
import type { LiveRevision } from "./objects.ts";
import { autoscaler, budget, data, deployment } from "./pod-shapes.ts";
import type { container, probe } from "./pod-shapes.ts";

export type PodSettings = Pick<ServiceSettings, "ports" | "command" | "args" | "environment" | "secrets" | "files" | "probes" | "resources" | "scaling" | "disruption" | "gracePeriodSeconds" | "drainSeconds" | "user" | "readOnlyRoot" | "writable" | "spread" | "podAnnotations">;
type Probe = PodSettings["probes"]["readiness"];
type Port = PodSettings["ports"][number];

const MESH = /^(sidecar\.istio\.io\/statsHistogramBuckets|proxy\.istio\.io\/config|prometheus\.istio\.io\/merge-metrics|prometheus\.io\/(scrape|port|path))$/;

/** What the pods of a revision are, in the configuration's words. */
export interface Pods {
  image: string;
  settings: PodSettings;
  /** Seconds within which they have to be ready. */
  unreadySeconds: number;
  /** Where the application's own metrics are; absent where nobody reads them. */
  metrics?: { port: string; path: string } | undefined;
  secrets: NeededSecret[];
}

/** Reads a revision's pods. `protocols` are what the service's ports speak, by name. @throws ZodError for pods that the program did not make */
export function podsOf(service: string, live: LiveRevision, protocols: ReadonlyMap<string, Port["protocol"]>): Pods {
  const { progressDeadlineSeconds: unreadySeconds, replicas, template: { metadata, spec } } = deployment.parse(live.deployment).spec;
  const of = spec.containers.find(({ name }) => name === service) ?? spec.containers[0];
  if (of === undefined) throw new RangeError(`services.${service}: its pods have no container, got none; look at ${live.deployment.metadata.name}`);
  const ports = of.ports.map(({ containerPort: port, name }) => ({ name, port, protocol: protocols.get(name) ?? "http" }));
  const keys = of.env.filter(({ valueFrom }) => valueFrom !== undefined).map(({ name }) => ({ name, key: secretKeyOf(service, "pod", name) }));
  const { startupProbe: startup, livenessProbe: liveness } = of;
  return {
    image: of.image,
    unreadySeconds,
    settings: {
      ports,
      ...(of.command && { command: of.command }),
      ...(of.args && { args: of.args }),
      environment: live.configuration === undefined ? {} : data.parse(live.configuration).data,
      secrets: Object.fromEntries(keys.map(({ key, name }) => [name, { secret: key }])),
      ...filesOf(live, of.volumeMounts),
      probes: { ...(startup && { startup: probeOf(startup, ports) }), readiness: probeOf(of.readinessProbe, ports), ...(liveness && { liveness: probeOf(liveness, ports) }) },
      resources: of.resources,
      scaling: scalingOf(live, replicas),
      disruption: disruptionOf(live),
      gracePeriodSeconds: spec.terminationGracePeriodSeconds,
      drainSeconds: of.lifecycle?.preStop?.sleep?.seconds ?? 0,
      user: spec.securityContext.runAsUser,
      readOnlyRoot: of.securityContext.readOnlyRootFilesystem,
      writable: of.volumeMounts.filter(({ name }) => /^writable-\d+$/.test(name)).map(({ mountPath }) => mountPath),
      spread: spec.topologySpreadConstraints.length > 1 ? "zone" : spec.topologySpreadConstraints.length === 1 ? "node" : "none",
      podAnnotations: Object.fromEntries(Object.entries(metadata.annotations).filter(([key]) => !MESH.test(key))),
    },
    metrics: metricsOf(metadata.annotations, ports),
    secrets: keys.map(({ key, name }) => ({ key, path: `secrets.${name}` })),
  };
}

function probeOf({ exec, grpc, httpGet, tcpSocket, ...given }: z.infer<typeof probe>, ports: readonly Port[]): Probe {
  const port = (wanted: number | string): string => ports.find(({ name, port: number }) => number === wanted || name === wanted)?.name ?? String(wanted);
  const times = {
    ...(given.periodSeconds !== 10 && { periodSeconds: given.periodSeconds }),
    ...(given.failureThreshold !== 3 && { failureThreshold: given.failureThreshold }),
    ...(given.timeoutSeconds !== 1 && { timeoutSeconds: given.timeoutSeconds }),
    ...(given.initialDelaySeconds !== 0 && { initialDelaySeconds: given.initialDelaySeconds }),
  };
  if (httpGet) return { kind: "http", path: httpGet.path, port: port(httpGet.port), ...times };
  if (grpc) return { kind: "grpc", port: port(grpc.port), ...(grpc.service && { service: grpc.service }), ...times };
  return exec ? { kind: "exec", command: exec.command, ...times } : { kind: "tcp", port: port(tcpSocket?.port ?? ""), ...times };
}

function filesOf({ files }: LiveRevision, mounts: z.infer<typeof container>["volumeMounts"]): { files?: Record<string, string> } {
  if (files === undefined) return {};
  const texts = data.parse(files).data;
  return { files: Object.fromEntries(mounts.flatMap(({ mountPath, name, subPath = "" }) => (name === "files" && texts[subPath] !== undefined ? [[mountPath, texts[subPath]]] : []))) };
}

function scalingOf(live: LiveRevision, replicas: number): PodSettings["scaling"] {
  if (live.autoscaler === undefined) return { kind: "fixed", replicas };
  const { maxReplicas: max, metrics: [{ resource }], minReplicas: min } = autoscaler.parse(live.autoscaler).spec;
  return { kind: "auto", min, max, cpuPercent: resource.target.averageUtilization };
}

function disruptionOf(live: LiveRevision): PodSettings["disruption"] {
  const { maxUnavailable, minAvailable } = live.budget === undefined ? { maxUnavailable: 1, minAvailable: undefined } : budget.parse(live.budget).spec;
  return minAvailable === undefined ? { kind: "max-unavailable", pods: maxUnavailable ?? 1 } : { kind: "min-available", pods: minAvailable };
}

function metricsOf(annotations: Readonly<Record<string, string>>, ports: readonly Port[]): Pods["metrics"] {
  const port = ports.find(({ port: number }) => String(number) === annotations["prometheus.io/port"])?.name;
  const path = annotations["prometheus.io/path"];
  return port === undefined || path === undefined || annotations["prometheus.istio.io/merge-metrics"] !== "true" ? undefined : { port, path };
}
