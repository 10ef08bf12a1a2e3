import { describe, expect, test } from "@jest/globals";
import { canarySpec } from "../../components/kubernetes/flagger/canary.ts";
import { inputsOf, objects, plain, secret } from "./declared.ts";
import { IN_MESH, SPECIFICATION } from "./fixtures.ts";
import { TRAFFIC, world } from "./flagger-world.ts";

const LABELS = { app: "storefront", "app.kubernetes.io/name": "storefront", "app.kubernetes.io/managed-by": "slipway" };
const POD_LABELS = { ...LABELS, version: "r1a2b3c4d5e", "slipway.dev/revision": "r1a2b3c4d5e", name: "storefront" };

describe("a service that Flagger controls", () => {
  test("declares what Flagger works from, and no Service, route, subset or weight", async () => {
    const all = await world();
    expect(objects(all)).toEqual([
      "ConfigMap pods-config", "ConfigMap pods-files", "Secret pods-secret", "Deployment pods-deployment", "HorizontalPodAutoscaler pods-autoscaler", "PodDisruptionBudget pods-budget",
      "Gateway traffic-gateway", "MetricTemplate traffic-flagger-error-percent", "Secret traffic-flagger-team-address", "AlertProvider traffic-flagger-team", "Canary traffic-flagger-canary",
      "PeerAuthentication traffic-mtls", "AuthorizationPolicy traffic-callers", "NetworkPolicy traffic-callers-network",
    ]);
    expect(all.find(({ name }) => name === "traffic-flagger-canary")?.dependsOn.map((key) => key.split(" ")[1])).toEqual([
      "pods-deployment", "pods-autoscaler", "traffic-gateway", "traffic-flagger-error-percent", "traffic-flagger-team",
    ]);
  });

  test("has one Deployment under its own name, whose number and progress are Flagger's", async () => {
    const { metadata, spec } = plain(inputsOf(await world(), "Deployment"));
    expect(metadata).toEqual({ name: "storefront", namespace: "shop", labels: LABELS, annotations: { "pulumi.com/skipAwait": "true" } });
    expect(spec).not.toHaveProperty("replicas");
    expect(spec).toMatchObject({ selector: { matchLabels: { name: "storefront" } }, template: { metadata: { labels: POD_LABELS } } });
  });

  test("finds the pods of both by what Flagger copies, and the copy's by what it rewrites", async () => {
    const all = await world();
    expect(inputsOf(all, "PodDisruptionBudget")).toMatchObject({ metadata: { name: "storefront-primary" }, spec: { selector: { matchLabels: { name: "storefront-primary" } }, maxUnavailable: 1 } });
    for (const kind of ["PeerAuthentication", "AuthorizationPolicy"]) expect(inputsOf(all, kind)).toMatchObject({ spec: { selector: { matchLabels: { app: "storefront" } } } });
    expect(inputsOf(all, "NetworkPolicy")).toMatchObject({ spec: { podSelector: { matchLabels: { app: "storefront" } } } });
    // Of the labels that Flagger knows it rewrites the first that the selector has, and in spreads every one whose value is the service's name.
    expect(inputsOf(all, "Deployment")).toHaveProperty("spec.template.spec.topologySpreadConstraints.0.labelSelector.matchLabels", { name: "storefront" });
  });

  test("keeps its configuration under one name, in place, so that no copy of it stays behind", async () => {
    const all = await world();
    expect(inputsOf(all, "ConfigMap", "pods-config")).toEqual({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "storefront", namespace: "shop", labels: LABELS }, data: { LOG_LEVEL: "info" } });
    expect(inputsOf(all, "Secret", "pods-secret")).toEqual({
      apiVersion: "v1", kind: "Secret", metadata: { name: "storefront", namespace: "shop", labels: LABELS }, type: "Opaque", data: secret({ TOKEN: Buffer.from("canary-value").toString("base64") }),
    });
    const pod = JSON.stringify(inputsOf(all, "Deployment"));
    for (const named of ['"configMapRef":{"name":"storefront"}', '"configMap":{"name":"storefront-files"}', '"secretKeyRef":{"key":"TOKEN","name":"storefront"}']) expect(pod).toContain(named);
  });

  test("has one autoscaler, of which Flagger makes a second", async () => {
    expect(inputsOf(await world(), "HorizontalPodAutoscaler")).toMatchObject({ metadata: { name: "storefront" }, spec: { scaleTargetRef: { name: "storefront" }, minReplicas: 2, maxReplicas: 6 } });
    await expect(world({}, { specification: { ...SPECIFICATION, scaling: { kind: "fixed", replicas: 2 } } })).rejects.toThrow(
      'services.storefront.scaling.kind: fixes a number of pods that Flagger would change, got "fixed"; write auto',
    );
  });

  test("tells Flagger's alerts where to go by a Secret", async () => {
    const all = await world();
    const object = { name: "storefront.team", namespace: "shop", labels: LABELS };
    expect(inputsOf(all, "AlertProvider")).toEqual({ apiVersion: "flagger.app/v1beta1", kind: "AlertProvider", metadata: object, spec: { type: "slack", channel: "#shop", secretRef: { name: "storefront.team" } } });
    expect(inputsOf(all, "Secret", "traffic-flagger-team-address")).toEqual({
      apiVersion: "v1", kind: "Secret", metadata: object, type: "Opaque", data: secret({ address: Buffer.from("https://hooks.example.com/x").toString("base64") }),
    });
    expect(inputsOf(all, "MetricTemplate")).toEqual({
      apiVersion: "flagger.app/v1beta1", kind: "MetricTemplate", metadata: { ...object, name: "storefront.error-percent" }, spec: { provider: { type: "prometheus", address: "http://prometheus:9090" }, query: "1" },
    });
    await expect(world({ addresses: {} })).rejects.toThrow("storefront.team: its alerts have no address; give one");
  });
});

describe("the Canary", () => {
  test("is exactly this, behind a gateway", async () => {
    expect(inputsOf(await world(), "Canary")).toEqual({
      apiVersion: "flagger.app/v1beta1",
      kind: "Canary",
      metadata: { name: "storefront", namespace: "shop", labels: LABELS },
      spec: {
        provider: "istio",
        targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "storefront" },
        autoscalerRef: { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", name: "storefront" },
        progressDeadlineSeconds: 120,
        service: {
          port: 8080, portName: "http", targetPort: "http", appProtocol: "http", portDiscovery: false,
          gateways: ["storefront", "mesh"], hosts: ["shop.example.com"], retries: { attempts: 2, retryOn: "connect-failure,refused-stream,unavailable" },
        },
        analysis: {
          interval: "30s", threshold: 2, stepWeights: [10, 25, 50],
          metrics: [{ name: "error-percent", interval: "60s", templateRef: { name: "storefront.error-percent" }, thresholdRange: { max: 5 } }],
          alerts: [{ name: "team", severity: "warn", providerRef: { name: "storefront.team" } }],
        },
      },
    });
  });

  test("of a service in the mesh offers all of its ports, and calls it as the settings say", () => {
    const ports = [...SPECIFICATION.ports, { name: "grpc", port: 9090, protocol: "grpc" as const }];
    const traffic = { ...IN_MESH, timeoutSeconds: 10, outlierDetection: { consecutiveErrors: 5, intervalSeconds: 10, ejectionSeconds: 30, maxEjectionPercent: 50 } };
    expect(canarySpec({ ...TRAFFIC, ports, traffic }).service).toEqual({
      port: 8080, portName: "http", targetPort: "http", appProtocol: "http", portDiscovery: true, gateways: ["mesh"], timeout: "10s",
      retries: { attempts: 2, retryOn: "connect-failure,refused-stream,unavailable" },
      trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5, interval: "10s", baseEjectionTime: "30s", maxEjectionPercent: 50 } },
    });
  });

  test.each([
    ["a canary that is mirrored first and keeps its visitors", TRAFFIC.course, { mirror: { percent: 20 }, affinity: { kind: "revision" as const, cookie: "seen", ttlSeconds: 600 } },
      { stepWeights: [10, 25, 50], mirror: true, mirrorWeight: 20, sessionAffinity: { cookieName: "seen", maxAge: 600 } }],
    ["blue-green with testers", { kind: "blue-green" as const, checks: 10 }, { testers: { header: "x-tester", value: "yes" } }, { iterations: 10, match: [{ headers: { "x-tester": { exact: "yes" } } }] }],
    ["blue-green with a mirror", { kind: "blue-green" as const, checks: 3 }, { mirror: { percent: 100 } }, { iterations: 3, mirror: true, mirrorWeight: 100 }],
  ])("of %s", (_, course, traffic, steps) => {
    const { alerts, metrics, ...analysis } = canarySpec({ ...TRAFFIC, course, traffic: { ...IN_MESH, ...traffic } }).analysis;
    expect(analysis).toEqual({ interval: "30s", threshold: 2, ...steps });
  });

  test("looks back over a whole interval that is longer than two scrapes, and tells nobody where nobody is named", () => {
    const { alerts, metrics } = canarySpec({ ...TRAFFIC, intervalSeconds: 90, alerts: {} }).analysis;
    expect([alerts, metrics[0]?.interval]).toEqual([undefined, "90s"]);
  });

  test("is not made of ports without requests", () => {
    const ports = [{ name: "redis", port: 6379, protocol: "tcp" as const }];
    expect(() => canarySpec({ ...TRAFFIC, ports, traffic: IN_MESH })).toThrow("services.storefront.ports: has none whose requests Flagger could judge; give one the protocol http, http2 or grpc");
    return expect(world({ ports })).rejects.toThrow("services.storefront.traffic.exposure: the stable revision has no port that speaks http, http2 or grpc");
  });
});
