import { fields, text, type Fields } from "../manifest.ts";
import type { Default } from "./fill.ts";

const FILE_MODE = 0o644;
const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];
const LISTS = ["initContainers", "containers"];
const TOKEN_SECONDS = 3600;

/** A tag that moves is pulled every time; a digest or a fixed tag once. */
function pullPolicy({ image }: Fields): Fields {
  const reference = text(image);
  if (reference === undefined || reference.includes("@")) return reference === undefined ? {} : { imagePullPolicy: "IfNotPresent" };
  const tag = /:([^/:]+)$/.exec(reference)?.[1] ?? "latest";
  return { imagePullPolicy: tag === "latest" ? "Always" : "IfNotPresent" };
}

const probe = (name: string): Default[] => [
  [name, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }],
  [`${name}.httpGet`, { path: "/", scheme: "HTTP" }],
  [`${name}.grpc`, { service: "" }],
];

const containerDefaults: Default[] = [
  ["", { resources: {}, terminationMessagePath: "/dev/termination-log", terminationMessagePolicy: "File" }],
  ["", pullPolicy],
  ["ports[*]", { protocol: "TCP" }],
  ["env[*].valueFrom.fieldRef", { apiVersion: "v1" }],
  ...PROBES.flatMap(probe),
  ["lifecycle.preStop.httpGet", { path: "/", scheme: "HTTP" }],
  ["lifecycle.postStart.httpGet", { path: "/", scheme: "HTTP" }],
];

const MODES = ["configMap", "downwardAPI", "projected"].map((source): Default => [`volumes[*].${source}`, { defaultMode: FILE_MODE }]);

/** Of a pod's spec, wherever it stands. */
export const podDefaults: readonly Default[] = [
  ["", { restartPolicy: "Always", dnsPolicy: "ClusterFirst", schedulerName: "default-scheduler", securityContext: {}, terminationGracePeriodSeconds: 30 }],
  ["", ({ serviceAccountName }) => (serviceAccountName === undefined ? {} : { serviceAccount: serviceAccountName })],
  ["", ({ serviceAccount }) => (serviceAccount === undefined ? {} : { serviceAccountName: serviceAccount })],
  ...LISTS.flatMap((part) => containerDefaults.map(([pattern, values]): Default => [pattern === "" ? `${part}[*]` : `${part}[*].${pattern}`, values])),
  ["volumes[*]", (volume) => (Object.keys(volume).some((key) => key !== "name") ? {} : { emptyDir: {} })],
  ...MODES,
  ["volumes[*].secret", { defaultMode: FILE_MODE }],
  ["volumes[*].hostPath", { type: "" }],
  ["volumes[*].projected.sources[*].serviceAccountToken", { expirationSeconds: TOKEN_SECONDS }],
  ["volumes[*].downwardAPI.items[*].fieldRef", { apiVersion: "v1" }],
];

const NODE_SECONDS = 300;
const tolerated = (key: string): Fields => ({ key: `node.kubernetes.io/${key}`, operator: "Exists", effect: "NoExecute", tolerationSeconds: NODE_SECONDS });

/** Of a Pod that stands alone: what a template's pods get only when they are made. */
export const barePodDefaults: readonly Default[] = [
  ["spec", { enableServiceLinks: true, preemptionPolicy: "PreemptLowerPriority", priority: 0, serviceAccountName: "default", serviceAccount: "default" }],
  ["spec", { tolerations: [tolerated("not-ready"), tolerated("unreachable")] }],
  ...LISTS.map((part): Default => [`spec.${part}[*].resources`, ({ limits }) => (limits === undefined ? {} : { requests: {} })]),
  ...LISTS.map((part): Default => [`spec.${part}[*]`, ({ resources }) => {
    const { limits, requests } = fields(resources);
    Object.assign(fields(requests), { ...fields(limits), ...fields(requests) });
    return {};
  }]),
];
