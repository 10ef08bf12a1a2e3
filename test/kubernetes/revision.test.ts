import { describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { byDigest } from "../../components/kubernetes/by-digest.ts";
import { Revision } from "../../components/kubernetes/revision.ts";
import type { RevisionArgs } from "../../components/kubernetes/revision.ts";
import { declared, inputsOf, objects, secret } from "./declared.ts";
import type { Declared } from "./declared.ts";
import { DIGEST, IMAGE, SPECIFICATION } from "./fixtures.ts";

const ARGS: RevisionArgs = {
  service: "storefront",
  namespace: "shop",
  id: "r1a2b3c4d5e",
  image: IMAGE,
  specification: SPECIFICATION,
  secrets: { TOKEN: "canary-value" },
  keepSecrets: false,
  serviceAccount: "storefront",
  unreadySeconds: 90,
};

const NAME = "storefront-r1a2b3c4d5e";
const LABELS = {
  app: "storefront",
  "app.kubernetes.io/name": "storefront",
  "app.kubernetes.io/managed-by": "slipway",
  version: "r1a2b3c4d5e",
  "slipway.dev/revision": "r1a2b3c4d5e",
};
const METADATA = { name: NAME, namespace: "shop", labels: LABELS };
const SELECTOR = { matchLabels: { app: "storefront", version: "r1a2b3c4d5e" } };

function revision(args: Partial<RevisionArgs> = {}): Promise<Declared[]> {
  return declared((opts) => new Revision(NAME, { ...ARGS, ...args }, opts));
}

function specified(specification: Partial<RevisionArgs["specification"]>): Promise<Declared[]> {
  return revision({ specification: { ...SPECIFICATION, ...specification } });
}

describe("a revision", () => {
  test("declares its objects under itself, the pods after their configuration", async () => {
    const all = await revision();
    expect(objects(all)).toEqual([
      `ConfigMap ${NAME}-config`, `Secret ${NAME}-secret`, `Deployment ${NAME}-deployment`,
      `HorizontalPodAutoscaler ${NAME}-autoscaler`, `PodDisruptionBudget ${NAME}-budget`,
    ]);
    expect(new Set(all.slice(1).map(({ parent }) => parent))).toEqual(new Set([`slipway:kubernetes:Revision ${NAME}`]));
    expect(all[3]?.dependsOn).toEqual([`kubernetes:core/v1:ConfigMap ${NAME}-config`, `kubernetes:core/v1:Secret ${NAME}-secret`]);
  });

  test("names its exact Deployment after itself", async () => {
    expect(inputsOf(await revision(), "Deployment")).toEqual({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: METADATA,
      spec: {
        selector: SELECTOR,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } },
        revisionHistoryLimit: 1,
        progressDeadlineSeconds: 90,
        template: {
          metadata: { labels: LABELS, annotations: expect.any(Object) },
          spec: {
            serviceAccountName: "storefront",
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 30,
            securityContext: {
              runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532, seccompProfile: { type: "RuntimeDefault" },
            },
            topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
              maxSkew: 1, topologyKey, whenUnsatisfiable: "ScheduleAnyway", labelSelector: SELECTOR,
            })),
            containers: [{
              name: "storefront",
              image: IMAGE,
              imagePullPolicy: "IfNotPresent",
              ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
              envFrom: [{ configMapRef: { name: NAME } }],
              env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: NAME, key: "TOKEN" } } }],
              resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
              readinessProbe: { httpGet: { path: "/ready", port: 8080 } },
              lifecycle: { preStop: { sleep: { seconds: 5 } } },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ["ALL"] },
                privileged: false,
                readOnlyRootFilesystem: true,
                runAsNonRoot: true,
              },
              volumeMounts: [{ name: "writable-0", mountPath: "/tmp" }],
            }],
            volumes: [{ name: "writable-0", emptyDir: {} }],
          },
        },
      },
    });
  });

  test("trap 1: its sidecar counts durations with a bound at 2000 ms, whatever the settings annotate", async () => {
    const all = await specified({ podAnnotations: { "sidecar.istio.io/statsHistogramBuckets": "{}", team: "shop" } });
    expect(inputsOf(all, "Deployment")).toHaveProperty(["spec", "template", "metadata", "annotations"], {
      team: "shop",
      "sidecar.istio.io/statsHistogramBuckets":
        '{"istiocustom":[0.5,1,5,10,25,50,100,250,500,1000,2000,2500,5000,10000,30000,60000,300000,600000,1800000,3600000]}',
      "proxy.istio.io/config": '{"holdApplicationUntilProxyStarts":true,"terminationDrainDuration":"5s"}',
    });
  });

  test("trap 18: it leaves the number of pods out where an autoscaler owns it", async () => {
    const all = await revision();
    expect(inputsOf(all, "Deployment").spec).not.toHaveProperty("replicas");
    expect(inputsOf(all, "HorizontalPodAutoscaler")).toEqual({
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: METADATA,
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: NAME },
        minReplicas: 2,
        maxReplicas: 6,
        metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }],
        behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
      },
    });
  });

  test("a fixed number of pods has no autoscaler", async () => {
    const all = await specified({ scaling: { kind: "fixed", replicas: 3 } });
    expect(inputsOf(all, "Deployment")).toHaveProperty("spec.replicas", 3);
    expect(objects(all)).not.toContain(`HorizontalPodAutoscaler ${NAME}-autoscaler`);
  });

  test.each([
    [{ kind: "max-unavailable", pods: 1 }, { maxUnavailable: 1 }],
    [{ kind: "min-available", pods: "50%" }, { minAvailable: "50%" }],
  ] as const)("the budget of %j is %j", async (disruption, half) => {
    expect(inputsOf(await specified({ disruption }), "PodDisruptionBudget")).toEqual({
      apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: METADATA, spec: { selector: SELECTOR, ...half },
    });
  });

  test("its configuration cannot change under it: another one is another revision", async () => {
    expect(inputsOf(await revision(), "ConfigMap")).toEqual({
      apiVersion: "v1", kind: "ConfigMap", metadata: METADATA, data: { LOG_LEVEL: "info" }, immutable: true,
    });
  });

  test("files have a ConfigMap of their own, so that they do not become variables", async () => {
    const all = await specified({ files: { "/etc/b/app.yaml": "b: 1", "/etc/a/app.yaml": "a: 1" } });
    expect(inputsOf(all, "ConfigMap", `${NAME}-files`)).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { ...METADATA, name: `${NAME}-files` },
      data: { "00-app.yaml": "a: 1", "01-app.yaml": "b: 1" },
      immutable: true,
    });
    const pod = ["spec", "template", "spec"];
    expect(inputsOf(all, "Deployment")).toHaveProperty([...pod, "containers", "0", "volumeMounts"], [
      { name: "files", mountPath: "/etc/a/app.yaml", subPath: "00-app.yaml", readOnly: true },
      { name: "files", mountPath: "/etc/b/app.yaml", subPath: "01-app.yaml", readOnly: true },
      { name: "writable-0", mountPath: "/tmp" },
    ]);
    expect(inputsOf(all, "Deployment")).toHaveProperty([...pod, "volumes"], [
      { name: "files", configMap: { name: `${NAME}-files` } },
      { name: "writable-0", emptyDir: {} },
    ]);
  });

  test("without variables there is neither ConfigMap nor Secret", async () => {
    const all = await specified({ environment: {}, secrets: {} });
    expect(objects(all)).toEqual([`Deployment ${NAME}-deployment`, `HorizontalPodAutoscaler ${NAME}-autoscaler`, `PodDisruptionBudget ${NAME}-budget`]);
    const container = ["spec", "template", "spec", "containers", "0"];
    expect(inputsOf(all, "Deployment")).toHaveProperty([...container, "envFrom"], []);
    expect(inputsOf(all, "Deployment")).toHaveProperty([...container, "env"], []);
  });
});

describe("a revision's secrets", () => {
  const encoded = Buffer.from("canary-value").toString("base64");

  test("stay secret, even when the value comes unmarked", async () => {
    const all = await revision();
    expect(inputsOf(all, "Secret")).toEqual({
      apiVersion: "v1", kind: "Secret", metadata: METADATA, type: "Opaque", data: secret({ TOKEN: encoded }), immutable: true,
    });
    expect(JSON.stringify(all.filter(({ type }) => !type.endsWith("Secret")))).not.toMatch(/canary-value|Y2FuYXJ5/);
  });

  test("keep their last values where the configuration has moved on", async () => {
    const kept = (await revision({ keepSecrets: true })).find(({ type }) => type.endsWith("Secret"));
    expect(kept?.ignoreChanges).toEqual(["data"]);
    const wanted = (await revision()).find(({ type }) => type.endsWith("Secret"));
    expect(wanted?.ignoreChanges).toEqual([]);
  });

  test("are named when a value is missing", async () => {
    await expect(revision({ secrets: {} })).rejects.toThrow(
      "services.storefront.secrets: no value was given for TOKEN; set each with pulumi config set --secret",
    );
  });
});

describe("a revision's image", () => {
  test("is one by digest, also where it flows in", async () => {
    const all = await revision({ image: pulumi.output(IMAGE) });
    expect(inputsOf(all, "Deployment")).toHaveProperty(["spec", "template", "spec", "containers", "0", "image"], IMAGE);
  });

  test.each(["ghcr.io/acme/storefront:latest", "ghcr.io/acme/storefront", `@${DIGEST}`, `${IMAGE}0`])("%s is refused", (image) => {
    const text = `services.storefront.image: not a reference by digest, got ${image}; give name@sha256:<64 hex digits>`;
    expect(() => byDigest("storefront", image)).toThrow(new pulumi.RunError(text));
  });
});
