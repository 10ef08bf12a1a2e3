import { describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { Identity } from "../../components/kubernetes/identity.ts";
import { Namespace } from "../../components/kubernetes/namespace.ts";
import { Revision } from "../../components/kubernetes/revision.ts";
import type { RevisionSpecification } from "../../components/kubernetes/specification.ts";
import { Traffic } from "../../components/kubernetes/traffic.ts";
import type { TrafficSettings } from "../../components/kubernetes/traffic-settings.ts";
import { Observability } from "../../components/observability/observability.ts";
import { type Manifest, validate } from "../../sandbox/kubernetes/index.ts";
import { namespaceSettings } from "../../settings/schema/namespace.ts";
import { LEVEL } from "../observability/levels.ts";
import { declared, plain } from "./declared.ts";
import { EXPOSED, IMAGE, IN_MESH, SPECIFICATION } from "./fixtures.ts";

const FULL: RevisionSpecification = {
  ...SPECIFICATION,
  ports: [...SPECIFICATION.ports, { name: "grpc", port: 9090, protocol: "grpc" }, { name: "redis", port: 6379, protocol: "tcp" }],
  command: ["node"],
  args: ["server.js"],
  files: { "/etc/app/config.yaml": "a: 1", "/etc/app/.env": "B=2" },
  probes: {
    startup: { kind: "exec", command: ["true"], failureThreshold: 30, periodSeconds: 2 },
    readiness: { kind: "grpc", port: "grpc", timeoutSeconds: 2 },
    liveness: { kind: "tcp", port: "redis", initialDelaySeconds: 3 },
  },
  resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", memory: "1.5Gi" } },
  scaling: { kind: "fixed", replicas: 3 },
  disruption: { kind: "min-available", pods: "50%" },
  spread: "node",
  podAnnotations: { "example.com/team": "shop" },
};

const ADVENTUROUS: TrafficSettings = {
  exposure: {
    kind: "gateway",
    hosts: ["shop.example.com", "www.shop.example.com"],
    selector: { istio: "ingressgateway" },
    namespace: "istio-system",
    serviceAccount: "gateway",
    tls: { mode: "mutual", credential: "shop-tls" },
    port: "grpc",
  },
  timeoutSeconds: 10,
  retries: { attempts: 3, perTrySeconds: 2.5, on: ["5xx", "reset"] },
  outlierDetection: { consecutiveErrors: 5, intervalSeconds: 10, ejectionSeconds: 30, maxEjectionPercent: 50 },
  testers: { header: "x-tester", value: "yes" },
  mirror: { percent: 12.5 },
  affinity: { kind: "revision", cookie: "slipway", ttlSeconds: 600 },
  callers: [{ namespace: "jobs" }, { namespace: "shop", serviceAccounts: ["cart"] }],
};

const STRANGE = namespaceSettings.parse({
  podSecurity: { level: "baseline", reason: "a vendor's image" },
  mesh: { kind: "injected", revision: "stable" },
  egress: [{ to: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] }, ports: [{ port: 443 }] }, { to: { namespace: "data" } }],
  containers: { max: { cpu: "2", memory: "2Gi" } },
  pull: { username: "puller", token: { secret: "registryToken" } },
  labels: { team: "shop" },
});

/** A whole service beside its namespace, as the API server would get it. */
async function manifests(specification: RevisionSpecification, traffic: TrafficSettings, settings = namespaceSettings.parse({})): Promise<Manifest[]> {
  const secretOf = (): pulumi.Output<string> => pulumi.secret("value");
  const all = await declared((opts) => {
    const { namespace, pullSecrets } = new Namespace("shop", { settings, secretOf }, opts);
    const service = "storefront";
    const { serviceAccount } = new Identity(`${service}-identity`, { service, namespace, pullSecrets }, opts);
    const usual = { service, namespace, image: IMAGE, specification, secrets: { TOKEN: "value" }, keepSecrets: false, serviceAccount };
    const ready = Object.fromEntries(["ra", "rb"].map((id) => [id, new Revision(`${service}-${id}`, { ...usual, id, unreadySeconds: 90 }, opts).deployment]));
    const split = [{ subset: "ra", weight: 90 }, { subset: "rb", weight: 10 }];
    new Traffic(`${service}-traffic`, { service, namespace, ports: specification.ports, split, candidate: "rb", traffic, ready }, opts);
    new Observability(`${service}-observability`, { level: LEVEL, namespace, servicePorts: ["http", "metrics"] }, opts);
  });
  return all.filter(({ type }) => type.startsWith("kubernetes:")).map(({ inputs }) => plain(inputs));
}

function refusals(manifest: Manifest): string[] {
  return validate(manifest).map(({ path, reason }) => `${manifest.kind} ${manifest.metadata.name} ${path}: ${reason}`);
}

describe("the API server admits", () => {
  test.each([
    ["a plain service", SPECIFICATION, IN_MESH, undefined, 29],
    ["a service behind a gateway", SPECIFICATION, EXPOSED, undefined, 30],
    ["a service with everything", FULL, ADVENTUROUS, STRANGE, 33],
    ["a service whose pods keep their callers", FULL, { ...IN_MESH, affinity: { kind: "pod" as const, by: { cookie: "c", ttlSeconds: 0 } } }, STRANGE, 32],
  ])("every object of %s", async (_, specification, traffic, settings, count) => {
    const objects = await manifests(specification, traffic, settings);
    expect(objects.flatMap(refusals)).toEqual([]);
    expect(objects).toHaveLength(count);
  });

  test("none of them with a field that it does not know", async () => {
    const objects = await manifests(FULL, ADVENTUROUS, STRANGE);
    expect(objects.filter((manifest) => refusals({ ...manifest, slipway: true }).length === 0)).toEqual([]);
  });
});
