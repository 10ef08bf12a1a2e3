import { describe, expect, test } from "@jest/globals";
import { revisionNaming } from "../../components/kubernetes/naming.ts";
import { podTemplate } from "../../components/kubernetes/pod.ts";
import { kubernetesProbe } from "../../components/kubernetes/probe.ts";
import type { Probe, RevisionSpecification } from "../../components/kubernetes/specification.ts";
import { IMAGE, SPECIFICATION } from "./fixtures.ts";

const PORTS = [{ name: "http", port: 8080, protocol: "http" }, { name: "health", port: 9090, protocol: "grpc" }] as const;

function pod(specification: Partial<RevisionSpecification> = {}): unknown {
  return podTemplate({ service: "storefront", naming: revisionNaming("storefront", "ra"), image: IMAGE, serviceAccount: "storefront", specification: { ...SPECIFICATION, ...specification } });
}

describe("a pod and Pod Security restricted", () => {
  test.each([
    ["does not run as root", "spec.securityContext.runAsNonRoot", true],
    ["has a user that is not root", "spec.securityContext.runAsUser", 65532],
    ["has the runtime's seccomp profile", "spec.securityContext.seccompProfile.type", "RuntimeDefault"],
    ["cannot gain privileges", "spec.containers.0.securityContext.allowPrivilegeEscalation", false],
    ["is not privileged", "spec.containers.0.securityContext.privileged", false],
    ["drops all capabilities", "spec.containers.0.securityContext.capabilities.drop", ["ALL"]],
    ["does not run its container as root", "spec.containers.0.securityContext.runAsNonRoot", true],
    ["gets no token for the API server", "spec.automountServiceAccountToken", false],
  ])("%s", (_, path, value) => {
    expect(pod()).toHaveProperty(path, value);
  });

  test.each([
    "spec.hostNetwork", "spec.hostPID", "spec.hostIPC", "spec.securityContext.sysctls", "spec.securityContext.seLinuxOptions",
    "spec.securityContext.windowsOptions", "spec.containers.0.securityContext.capabilities.add", "spec.containers.0.securityContext.procMount",
    "spec.containers.0.securityContext.seccompProfile", "spec.containers.0.ports.0.hostPort", "spec.initContainers",
  ])("never sets %s", (path) => {
    expect(pod({ files: { "/etc/app.yaml": "a: 1" } })).not.toHaveProperty(path);
  });

  test("mounts no volume but configuration and empty folders", () => {
    expect(pod({ files: { "/etc/app.yaml": "a: 1" }, writable: ["/tmp", "/cache"] })).toHaveProperty("spec.volumes", [
      { name: "files", configMap: { name: "storefront-ra-files" } },
      { name: "writable-0", emptyDir: {} },
      { name: "writable-1", emptyDir: {} },
    ]);
  });
});

describe("a pod", () => {
  test("keeps answering while the mesh forgets it, within its grace period", () => {
    const stopping = pod({ drainSeconds: 20, gracePeriodSeconds: 60 });
    expect(stopping).toHaveProperty("spec.terminationGracePeriodSeconds", 60);
    expect(stopping).toHaveProperty("spec.containers.0.lifecycle", { preStop: { sleep: { seconds: 20 } } });
    expect(stopping).toHaveProperty(["metadata", "annotations", "proxy.istio.io/config"], expect.stringContaining('"terminationDrainDuration":"20s"'));
  });

  test("that has nothing to drain does not sleep, which older API servers refuse", () => {
    expect(pod({ drainSeconds: 0 })).not.toHaveProperty("spec.containers.0.lifecycle");
  });

  test.each([
    ["zone", ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]],
    ["node", ["kubernetes.io/hostname"]],
    ["none", []],
  ] as const)("spread by %s wishes for %j", (spread, keys) => {
    expect(pod({ spread })).toHaveProperty("spec.topologySpreadConstraints", keys.map((topologyKey) => expect.objectContaining({ topologyKey })));
  });

  test("lets its sidecar read the application's metrics, whatever the settings say beside", () => {
    const ports = [{ name: "http", port: 8080, protocol: "http" as const }, { name: "metrics", port: 9464, protocol: "http" as const }];
    const podAnnotations = { "prometheus.io/port": "1", "prometheus.istio.io/merge-metrics": "false" };
    expect(pod({ ports, podAnnotations, metrics: { port: "metrics", path: "/m" } })).toHaveProperty("metadata.annotations", expect.objectContaining({
      "prometheus.istio.io/merge-metrics": "true", "prometheus.io/scrape": "true", "prometheus.io/port": "9464", "prometheus.io/path": "/m",
    }));
    expect(JSON.stringify(pod({ ports }))).not.toContain("prometheus");
  });

  test("replaces the image's command and arguments only where it says so", () => {
    expect(pod()).not.toHaveProperty("spec.containers.0.command");
    expect(pod()).not.toHaveProperty("spec.containers.0.args");
    expect(pod({ command: ["node"], args: ["server.js"] })).toHaveProperty("spec.containers.0", expect.objectContaining({ command: ["node"], args: ["server.js"] }));
  });

  test("has a CPU limit only where it says so", () => {
    const resources = { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "2Gi", cpu: "2" } };
    expect(pod({ resources })).toHaveProperty("spec.containers.0.resources.limits", { cpu: "2", memory: "2Gi" });
    expect(pod()).toHaveProperty("spec.containers.0.resources.limits", { memory: "256Mi" });
  });

  test("has the probes that are given, each under its own name", () => {
    const probes = {
      startup: { kind: "tcp" as const, port: "http", failureThreshold: 30 },
      readiness: { kind: "http" as const, path: "/ready", port: "http" },
      liveness: { kind: "exec" as const, command: ["true"] },
    };
    expect(pod({ probes })).toHaveProperty("spec.containers.0", expect.objectContaining({
      startupProbe: { tcpSocket: { port: 8080 }, failureThreshold: 30 },
      readinessProbe: { httpGet: { path: "/ready", port: 8080 } },
      livenessProbe: { exec: { command: ["true"] } },
    }));
  });
});

describe("a probe", () => {
  test.each<[Probe, unknown]>([
    [{ kind: "http", path: "/ready", port: "http" }, { httpGet: { path: "/ready", port: 8080 } }],
    [{ kind: "grpc", port: "health" }, { grpc: { port: 9090 } }],
    [{ kind: "grpc", port: "health", service: "shop" }, { grpc: { port: 9090, service: "shop" } }],
    [{ kind: "tcp", port: "http" }, { tcpSocket: { port: 8080 } }],
    [{ kind: "exec", command: ["true"] }, { exec: { command: ["true"] } }],
    [
      { kind: "tcp", port: "http", periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 3, initialDelaySeconds: 4 },
      { tcpSocket: { port: 8080 }, periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 3, initialDelaySeconds: 4 },
    ],
  ])("%j becomes %j", (probe, kubernetes) => {
    expect(kubernetesProbe("storefront.probes.readiness", probe, PORTS)).toEqual(kubernetes);
  });

  test("names a declared port", () => {
    expect(() => kubernetesProbe("storefront.probes.readiness", { kind: "tcp", port: "htp" }, PORTS)).toThrow(new RangeError(
      'storefront.probes.readiness: no port has this name, got "htp"; name one of the declared ports (http, health)',
    ));
    expect(() => kubernetesProbe("storefront.probes.readiness", { kind: "tcp", port: "http" }, [])).toThrow(new RangeError(
      'storefront.probes.readiness: no port has this name, got "http"; name one of the declared ports (none is declared)',
    ));
  });
});
