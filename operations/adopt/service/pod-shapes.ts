import * as z from "zod";

/** The objects of a revision, as far as the configuration has a word for what they say. */

const timings = { periodSeconds: z.number().default(10), failureThreshold: z.number().default(3), timeoutSeconds: z.number().default(1), initialDelaySeconds: z.number().default(0) };
export const probe = z.object({
  httpGet: z.object({ path: z.string().default("/"), port: z.union([z.number(), z.string()]) }).optional(),
  grpc: z.object({ port: z.number(), service: z.string().optional() }).optional(),
  tcpSocket: z.object({ port: z.union([z.number(), z.string()]) }).optional(),
  exec: z.object({ command: z.array(z.string()) }).optional(),
  ...timings,
});
export const container = z.object({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
  env: z.array(z.object({ name: z.string(), valueFrom: z.object({ secretKeyRef: z.object({ key: z.string() }) }).optional() })).default([]),
  resources: z.object({ requests: z.object({ cpu: z.string(), memory: z.string() }), limits: z.object({ cpu: z.string().optional(), memory: z.string() }) }),
  readinessProbe: probe,
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  lifecycle: z.object({ preStop: z.object({ sleep: z.object({ seconds: z.number() }).optional() }).optional() }).optional(),
  securityContext: z.object({ readOnlyRootFilesystem: z.boolean().default(false) }).default({ readOnlyRootFilesystem: false }),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string(), subPath: z.string().optional() })).default([]),
});
export const deployment = z.object({ spec: z.object({ replicas: z.number().default(1), progressDeadlineSeconds: z.number().default(600), template: z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({
    containers: z.array(container).min(1),
    terminationGracePeriodSeconds: z.number().default(30),
    securityContext: z.object({ runAsUser: z.number() }),
    topologySpreadConstraints: z.array(z.unknown()).default([]),
  }),
}) }) });
export const autoscaler = z.object({ spec: z.object({ minReplicas: z.number(), maxReplicas: z.number(), metrics: z.tuple([z.object({ resource: z.object({ target: z.object({ averageUtilization: z.number() }) }) })]) }) });
const amount = z.union([z.number(), z.string()]).optional();
export const budget = z.object({ spec: z.object({ maxUnavailable: amount, minAvailable: amount }) });
export const data = z.object({ data: z.record(z.string(), z.string()).default({}) });
