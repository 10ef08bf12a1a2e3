import { describe, expect, test } from "@jest/globals";
import { UNKNOWN } from "../../../sandbox/kubernetes/index.ts";
import type { Manifest } from "../../../sandbox/kubernetes/index.ts";
import { podSecurityViolation } from "../../../sandbox/kubernetes/podSecurity/violations.ts";
import { recorded } from "./cases.ts";

const namespace = (level: string, version?: string): Manifest => ({
  apiVersion: "v1", kind: "Namespace",
  metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": level, ...(version === undefined ? {} : { "pod-security.kubernetes.io/enforce-version": version }) } },
});
const safe = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
const tight = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

describe("recorded", () => {
  test.each(recorded().podSecurity.map((each, index) => ({ ...each, index })))("pod $index in a $level namespace is answered as by the API server", ({ level, spec, answer }) => {
    expect(podSecurityViolation(namespace(level), spec) ?? "").toBe(answer);
  });
});

const REFUSED: [title: string, level: string, spec: Record<string, unknown>, answer: string][] = [
  ["a mounted /proc", "baseline", { containers: [{ name: "a", securityContext: { procMount: "Unmasked" } }] },
    'procMount (container "a" must not set securityContext.procMount to "Unmasked")'],
  ["a host process", "baseline", { securityContext: { windowsOptions: { hostProcess: true } }, containers: [] },
    "hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true)"],
  ["a volume of the node", "baseline", { volumes: [{ name: "h", hostPath: { path: "/" } }], containers: [] }, 'hostPath volumes (volume "h")'],
  ["a volume of the network", "restricted", { securityContext: safe, volumes: [{ name: "n", nfs: {} }], containers: [] },
    'restricted volume types (volume "n" uses restricted volume type "nfs")'],
];

test.each(REFUSED)("%s is against the standard %s", (_, level, spec, answer) => {
  expect(podSecurityViolation(namespace(level), spec)).toBe(`violates PodSecurity "${level}:latest": ${answer}`);
});

test("the version that the namespace pins is named", () => {
  expect(podSecurityViolation(namespace("baseline", "v1.30"), { hostPID: true })).toBe('violates PodSecurity "baseline:v1.30": host namespaces (hostPID=true)');
});

const ALLOWED: [title: string, namespace: Manifest | undefined, spec: unknown][] = [
  ["anything without a namespace", undefined, { hostPID: true }],
  ["anything in a privileged namespace", namespace("privileged"), { hostPID: true }],
  ["a pod that is not known yet", namespace("restricted"), UNKNOWN],
  ["a pod that keeps every rule", namespace("restricted"), { securityContext: safe, containers: [{ name: "a", securityContext: tight }] }],
  ["containers that keep every rule themselves", namespace("restricted"), { containers: [{ name: "a", securityContext: { ...safe, ...tight } }] }],
  ["a security context that is not known yet", namespace("restricted"), { securityContext: UNKNOWN, containers: [{ name: "a", securityContext: UNKNOWN }] }],
  ["fields that are not known yet", namespace("restricted"),
    { securityContext: { runAsNonRoot: UNKNOWN, seccompProfile: UNKNOWN }, containers: [{ name: "a", securityContext: { allowPrivilegeEscalation: UNKNOWN, capabilities: { drop: UNKNOWN } } }] }],
  ["the one capability that may be added", namespace("restricted"), { securityContext: safe, containers: [{ name: "a", securityContext: { ...tight, capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } } }] }],
];

test.each(ALLOWED)("%s is allowed", (_, own, spec) => {
  expect(podSecurityViolation(own, spec)).toBeUndefined();
});
