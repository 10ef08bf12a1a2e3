import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { mountedFiles } from "./files.ts";
import { meshAnnotations, metricsAnnotations } from "./mesh-annotations.ts";
import type { Naming } from "./naming.ts";
import { kubernetesProbe } from "./probe.ts";
import type { RevisionSpecification } from "./specification.ts";
import { topologySpread } from "./topology.ts";

type PodTemplate = types.input.core.v1.PodTemplateSpec;
type Container = types.input.core.v1.Container;

export interface PodArgs {
  service: string;
  naming: Naming;
  image: Input<string>;
  serviceAccount: Input<string>;
  specification: RevisionSpecification;
}

/** The pod of a revision; admitted by Pod Security `restricted` whatever the specification says. */
export function podTemplate(args: PodArgs): PodTemplate {
  const { naming, specification } = args;
  return {
    metadata: {
      labels: naming.podLabels,
      annotations: { ...specification.podAnnotations, ...meshAnnotations(specification.drainSeconds), ...metricsAnnotations(specification) },
    },
    spec: {
      serviceAccountName: args.serviceAccount,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: specification.gracePeriodSeconds,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: specification.user,
        runAsGroup: specification.user,
        fsGroup: specification.user,
        seccompProfile: { type: "RuntimeDefault" },
      },
      topologySpreadConstraints: topologySpread(naming.selector, specification.spread),
      containers: [container(args)],
      volumes: volumes(args),
    },
  };
}

function container({ service, naming, image, specification }: PodArgs): Container {
  const { command, args, environment, secrets, probes, ports } = specification;
  const path = `${service}.probes`;
  return {
    name: service,
    image,
    imagePullPolicy: "IfNotPresent",
    ...(command && { command }),
    ...(args && { args }),
    ports: ports.map((port) => ({ name: port.name, containerPort: port.port, protocol: "TCP" })),
    envFrom: isEmpty(environment) ? [] : [{ configMapRef: { name: naming.name } }],
    // One by one: with a key missing from the Secret the pod does not start, where envFrom would start it without.
    env: Object.keys(secrets).map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: naming.name, key } } })),
    resources: { requests: specification.resources.requests, limits: limits(specification) },
    readinessProbe: kubernetesProbe(`${path}.readiness`, probes.readiness, ports),
    ...(probes.startup && { startupProbe: kubernetesProbe(`${path}.startup`, probes.startup, ports) }),
    ...(probes.liveness && { livenessProbe: kubernetesProbe(`${path}.liveness`, probes.liveness, ports) }),
    // Before 1.34 a sleep of 0 is refused.
    ...(specification.drainSeconds > 0 && { lifecycle: { preStop: { sleep: { seconds: specification.drainSeconds } } } }),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      privileged: false,
      readOnlyRootFilesystem: specification.readOnlyRoot,
      runAsNonRoot: true,
    },
    volumeMounts: [
      ...mountedFiles(specification.files ?? {}).map((file) => ({ name: "files", mountPath: file.path, subPath: file.key, readOnly: true })),
      ...specification.writable.map((mountPath, index) => ({ name: `writable-${index}`, mountPath })),
    ],
  };
}

function limits({ resources }: RevisionSpecification): Record<string, string> {
  const { cpu, memory } = resources.limits;
  return cpu === undefined ? { memory } : { cpu, memory };
}

function volumes({ naming, specification }: PodArgs): types.input.core.v1.Volume[] {
  const files = specification.files ?? {};
  return [
    ...(isEmpty(files) ? [] : [{ name: "files", configMap: { name: `${naming.name}-files` } }]),
    ...specification.writable.map((_, index) => ({ name: `writable-${index}`, emptyDir: {} })),
  ];
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}
