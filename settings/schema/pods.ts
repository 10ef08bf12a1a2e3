import * as z from "zod";
import { absolutePath, environmentVariable, portName, portNumber, prose, quantity, text, whole } from "./scalars.ts";
import { secretReference } from "./secret.ts";

export const port = z.strictObject({
  name: portName.describe("Probes and the traffic settings name the port by it"),
  port: portNumber.describe("The container's port, which the service offers under the same number"),
  protocol: z.enum(["http", "http2", "grpc", "tcp"]).default("http").describe("What the mesh speaks on it; request metrics exist for all but tcp"),
}).meta({ id: "ContainerPort", description: "A port of the container" });

const timings = {
  periodSeconds: whole(1, 3600, "seconds").optional().describe("Between two probes; Kubernetes' 10 unless given"),
  failureThreshold: whole(1, 1000, "the number of failures").optional().describe("Failures in a row that count; Kubernetes' 3 unless given"),
  timeoutSeconds: whole(1, 600, "seconds").optional().describe("That an answer may take; Kubernetes' 1 unless given"),
  initialDelaySeconds: whole(0, 3600, "seconds").optional().describe("After the container's start; Kubernetes' 0 unless given"),
};

const httpPath = text(/^\/[^\s]{0,1023}$/, "is not the path of a request", "start it with /, such as /healthz");
const words = z.array(prose(4096)).min(1, "is empty; write at least one word").max(100);

const probe = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("http").describe("GET; 2xx and 3xx are good"), path: httpPath.describe("Path of the request"), port: portName.describe("A declared port"), ...timings }),
  z.strictObject({ kind: z.literal("grpc").describe("grpc.health.v1"), port: portName.describe("A declared port"), service: prose(253).optional().describe("The service that is asked about; the whole server unless given"), ...timings }),
  z.strictObject({ kind: z.literal("tcp").describe("A connection"), port: portName.describe("A declared port"), ...timings }),
  z.strictObject({ kind: z.literal("exec").describe("Exit code 0 of a command in the container"), command: words.describe("The command and its arguments"), ...timings }),
]).meta({ id: "Probe", description: "How the pod's health is asked for" });

const probes = z.strictObject({
  startup: probe.optional().describe("Until it succeeds the other two wait: the place for a slow start"),
  readiness: probe.describe("Decides whether the pod gets traffic, and whether a rollout may move weight to it"),
  liveness: probe.optional().describe("Restarts the container; leave it out where a restart heals nothing"),
});

const resources = z.strictObject({
  requests: z.strictObject({ cpu: quantity.describe("Reserved processor time"), memory: quantity.describe("Reserved memory") }).describe("What is reserved"),
  limits: z.strictObject({
    memory: quantity.describe("More ends the container"),
    cpu: quantity.optional().describe("More is throttled; no limit unless given"),
  }).describe("What is never exceeded"),
});

const scaling = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("auto").describe("An autoscaler owns the number of pods"),
    min: whole(1, 1000, "the number of pods").default(2).describe("Fewest pods of a revision"),
    max: whole(1, 1000, "the number of pods").default(6).describe("Most pods of a revision"),
    cpuPercent: whole(1, 100, "per cent").default(70).describe("Average use of the requested processor time that it aims at"),
  }),
  z.strictObject({ kind: z.literal("fixed").describe("The settings own it"), replicas: whole(1, 1000, "the number of pods").describe("Pods of a revision") }),
]).meta({ id: "Scaling", description: "How many pods a revision has" });

const share = text(/^([1-9]|[1-9][0-9]|100)%$/, "is not a share of the pods", 'write one such as "25%", or a number of pods');
const pods = z.union([whole(1, 1000, "the number of pods"), share]);
const disruption = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("max-unavailable").describe("A bound on what is taken"), pods: pods.describe("How many may be evicted at once") }),
  z.strictObject({ kind: z.literal("min-available").describe("A bound on what stays"), pods: pods.describe("How many always stay") }),
]).meta({ id: "Disruption", description: "What a voluntary eviction may take away" });

const annotation = text(
  /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  "is not the name of an annotation", "write one such as example.com/team",
);

/** The settings of a service that belong to its revision: a change of one is a release. */
export const podSettings = {
  ports: z.array(port).min(1, "is empty; declare the port that takes requests").max(20).describe("The ports of the container"),
  command: words.optional().describe("Replaces the image's entry point; the image's unless given"),
  args: words.optional().describe("Replaces the image's arguments; the image's unless given"),
  environment: z.record(environmentVariable, z.string().max(65536)).default({}).describe("Environment variables, public"),
  secrets: z.record(environmentVariable, secretReference).default({}).describe("Environment variables whose values are secrets"),
  files: z.record(absolutePath, z.string().max(524288)).optional().describe("Text files, mounted read-only at absolute paths; none unless given"),
  probes: probes.describe("How Kubernetes learns of the pod's health"),
  resources: resources
    .default({ requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } })
    .describe("What a pod reserves and may use"),
  scaling: scaling.default({ kind: "auto", min: 2, max: 6, cpuPercent: 70 }).describe("How many pods a revision has"),
  disruption: disruption.default({ kind: "max-unavailable", pods: 1 }).describe("What a voluntary eviction may take away"),
  gracePeriodSeconds: whole(1, 3600, "seconds").default(30).describe("From the stop signal to the kill, drainSeconds included"),
  drainSeconds: whole(0, 3600, "seconds").default(5).describe("That a stopping pod still answers while the mesh forgets it"),
  user: whole(1, 4294967294, "the user's number").default(65532).describe("User and group of the process; never root"),
  readOnlyRoot: z.boolean().default(true).describe("Mounts the image read-only"),
  writable: z.array(absolutePath).max(20).default(["/tmp"]).describe("Empty, writable folders"),
  spread: z.enum(["zone", "node", "none"]).default("zone").describe("What the pods are spread over, as a wish"),
  podAnnotations: z.record(annotation, z.string().max(65536)).default({}).describe("Added to the pod's own annotations"),
};
