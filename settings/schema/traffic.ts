import * as z from "zod";
import { decimal, dnsLabel, hostName, portName, prose, text, whole } from "./scalars.ts";

const seconds = decimal(0.001, 3600, "seconds");
const serviceAccountName = text(/^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "is not the name of a service account", "use lower-case letters, digits, dots and dashes");
const cookie = text(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, "is not the name of a cookie", "use 1 to 100 letters, digits and dashes");
const header = text(/^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/, "is not the name of a header in lower case", "write one such as x-tester");
const objectName = text(/^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "is not the name of a Kubernetes object", "use lower-case letters, digits, dots and dashes");
const ttlSeconds = whole(0, 31536000, "seconds").default(3600).describe("How long the cookie lasts; 0 means the session");
const label = text(/^(?=.{1,317}$)([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, "is not the name of a label", "write one such as istio");
const labelValue = text(/^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/, "is not the value of a label", "use up to 63 letters, digits, dots, dashes and underscores");

const tls = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("simple").describe("The gateway shows a certificate"), credential: objectName.describe("TLS Secret in the gateway's namespace") }),
  z.strictObject({ mode: z.literal("mutual").describe("Callers show one as well"), credential: objectName.describe("TLS Secret with the callers' authority in the gateway's namespace") }),
  z.strictObject({ mode: z.literal("plaintext").describe("No TLS at the gateway"), reason: prose(200).describe("Why that is right here") }),
]).meta({ id: "GatewayTls", description: "How the gateway ends TLS" });

const exposure = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("gateway").describe("Reached through an ingress gateway and inside the mesh"),
    hosts: z.array(hostName).min(1, "is empty; name at least one host, or say kind: mesh").max(50).describe("DNS names; one service of a cluster owns each alone"),
    selector: z.record(label, labelValue).default({ istio: "ingressgateway" }).describe("Labels of the gateway's pods"),
    namespace: dnsLabel.default("istio-system").describe("Namespace of the gateway's pods"),
    serviceAccount: serviceAccountName.default("istio-ingressgateway-service-account").describe("The gateway's identity, which the service admits"),
    tls: tls.describe("How the gateway ends TLS"),
    port: portName.optional().describe("The port that takes the gateway's traffic; the first http, http2 or grpc port unless given"),
  }),
  z.strictObject({ kind: z.literal("mesh").describe("Reached inside the mesh alone") }),
]).meta({ id: "Exposure", description: "Where the service is reached from" });

const condition = z.enum([
  "5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "envoy-ratelimited", "retriable-4xx", "refused-stream", "retriable-status-codes",
  "retriable-headers", "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable",
]);

const retries = z.strictObject({
  attempts: whole(0, 10, "the number of tries").default(2).describe("Tries after the first; 0 switches them off"),
  perTrySeconds: seconds.optional().describe("That one try may take; the whole timeout unless given"),
  on: z.array(condition).min(1, "is empty; name a condition, or set attempts: 0").default(["connect-failure", "refused-stream", "unavailable"]).describe("Envoy's conditions; these never repeat a request that a server has begun to answer"),
}).meta({ id: "Retries", description: "What the mesh tries again" });

const outlierDetection = z.strictObject({
  consecutiveErrors: whole(1, 1000, "the number of errors").default(5).describe("Server errors in a row that eject a pod"),
  intervalSeconds: seconds.default(10).describe("Between two sweeps"),
  ejectionSeconds: seconds.default(30).describe("The first ejection; each further one is longer"),
  maxEjectionPercent: whole(1, 100, "per cent").default(50).describe("Of a revision's pods, at most"),
}).meta({ id: "OutlierDetection", description: "When the mesh leaves a pod out" });

const affinity = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none").describe("Every request is drawn anew") }),
  z.strictObject({
    kind: z.literal("pod").describe("Requests of one key meet one pod of a revision"),
    by: z.union([
      z.strictObject({ cookie: cookie.describe("Name of the cookie"), ttlSeconds }),
      z.strictObject({ header: header.describe("Name of the header") }),
      z.strictObject({ sourceIp: z.literal(true).describe("The caller's address") }),
    ]).describe("The key"),
  }),
  z.strictObject({ kind: z.literal("revision").describe("A visitor stays with the revision that answered first"), cookie: cookie.describe("Name of the cookie"), ttlSeconds }),
]).meta({ id: "Affinity", description: "What stays together" });

const caller = z.strictObject({
  namespace: dnsLabel.describe("Where the callers run"),
  serviceAccounts: z.array(serviceAccountName).min(1, "is empty; name one, or leave the key out to admit the whole namespace").max(50).optional().describe("Their identities; all of the namespace unless given"),
}).meta({ id: "Caller", description: "Who may call" });

/** The traffic of one service; the same for all of its revisions, so a change of it is not a release. */
export const traffic = z.strictObject({
  exposure: exposure.default({ kind: "mesh" }).describe("Where the service is reached from"),
  timeoutSeconds: seconds.optional().describe("That an answer may take, retries included; no limit unless given"),
  retries: retries.prefault({}).describe("What the mesh tries again"),
  outlierDetection: outlierDetection.optional().describe("When the mesh leaves a pod out; never unless given"),
  testers: z.strictObject({ header: header.describe("Name of the header"), value: prose(200).describe("Its exact value") })
    .optional().describe("Requests that always meet the candidate, whatever its weight; none unless given"),
  mirror: z.strictObject({ percent: decimal(0.01, 100, "per cent").describe("Of the requests") })
    .optional().describe("Copies requests to the candidate and drops its answers: side effects happen twice; none unless given"),
  affinity: affinity.default({ kind: "none" }).describe("What stays together"),
  callers: z.array(caller).max(100).default([]).describe("Others that may call; the gateway of exposure may always"),
}).meta({ id: "Traffic", description: "How requests reach the service" });
