import { describe, expect, test } from "@jest/globals";
import { namespaceAdoption } from "../../../operations/adopt/namespace/settings.ts";
import { servicesIn } from "../../../operations/adopt/service/objects.ts";
import { adoptedRelease } from "../../../operations/adopt/state/record.ts";
import { parseReleases } from "../../../components/delivery/record-format.ts";
import { namespaceSettings } from "../../../settings/schema/namespace.ts";
import { serviceSchema } from "../../../settings/schema/service.ts";
import type { ServiceSettings } from "../../../settings/schema/service.ts";
import { namespaceOf, serviceObjects } from "./cluster.ts";
import type { Weighed } from "./cluster.ts";

const around = { repositories: new Set(["shop"]) };
const reference = (digit: string) => `ghcr.io/acme/shop@sha256:${digit.repeat(64)}`;

const least = {
  repository: "shop", namespace: "shop", image: { from: "digest", reference: reference("a") }, ports: [{ name: "http", port: 8080 }],
  probes: { readiness: { kind: "http", path: "/ready", port: "http" } },
};

const written: [string, Record<string, unknown>][] = [
  ["as little as can be said", least],
  ["everything about its pods", {
    ...least,
    ports: [{ name: "http", port: 8080 }, { name: "rpc", port: 9090, protocol: "grpc" }, { name: "raw", port: 7000, protocol: "tcp" }],
    command: ["/bin/shop"], args: ["--serve"], environment: { LEVEL: "info" }, secrets: { KEY: { secret: "shopPodKey" } }, files: { "/etc/shop/a.yaml": "a: 1\n", "/etc/shop/b.yaml": "b: 2\n" },
    probes: {
      startup: { kind: "exec", command: ["true"], periodSeconds: 5, failureThreshold: 60 },
      readiness: { kind: "grpc", port: "rpc", service: "health", timeoutSeconds: 2, initialDelaySeconds: 3 },
      liveness: { kind: "tcp", port: "raw" },
    },
    resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "2Gi", cpu: "2" } }, scaling: { kind: "fixed", replicas: 3 }, disruption: { kind: "min-available", pods: "50%" },
    gracePeriodSeconds: 60, drainSeconds: 0, user: 1000, readOnlyRoot: false, writable: ["/tmp", "/data"], spread: "node", podAnnotations: { "example.com/team": "shop" },
    observability: { metrics: { port: "http", path: "/m" } }, rollout: { unreadySeconds: 300 },
  }],
  ["traffic through a gateway", { ...least, ports: [{ name: "admin", port: 1 + 8080 }, { name: "http", port: 8080 }], traffic: {
    exposure: { kind: "gateway", hosts: ["a.example.com", "b.example.com"], selector: { istio: "edge" }, namespace: "edge", serviceAccount: "edge", tls: { mode: "mutual", credential: "shop-tls" }, port: "http" },
    timeoutSeconds: 1.5, retries: { attempts: 1, perTrySeconds: 0.5, on: ["5xx"] },
    outlierDetection: { consecutiveErrors: 3, intervalSeconds: 5, ejectionSeconds: 60, maxEjectionPercent: 20 },
    affinity: { kind: "pod", by: { cookie: "c", ttlSeconds: 60 } }, callers: [{ namespace: "web" }, { namespace: "jobs", serviceAccounts: ["one", "two"] }],
  } }],
  ["traffic within the mesh", { ...least, traffic: { affinity: { kind: "pod", by: { sourceIp: true } }, callers: [{ namespace: "web" }] } }],
  ["promises of its own", { ...least, observability: {
    limits: { errorPercent: 0.7, p95Milliseconds: 500, successPercent: 99.3 }, objectives: { availability: 99.95, latency: { percent: 99, milliseconds: 250 } }, windowDays: 28, minimumRequests: 50,
    runbooks: "https://books.example.com/run", grafana: "https://grafana.example.com",
  } }],
  ["nothing promised", { ...least, observability: { objectives: {} } }],
  ["no requests that the mesh sees", { ...least, ports: [{ name: "http", port: 8080, protocol: "tcp" }] }],
  ["no retries, no certificate", { ...least, traffic: { exposure: { kind: "gateway", hosts: ["a.example.com"], tls: { mode: "plaintext", reason: "it was so when it was adopted" } }, retries: { attempts: 0 }, affinity: { kind: "pod", by: { header: "x-session" } } } }],
];

function parsed(settings: Record<string, unknown>): ServiceSettings {
  return serviceSchema.parse(settings);
}

function live(revisions: readonly [Weighed, ...Weighed[]], candidate?: string) {
  const namespace = namespaceOf("shop", namespaceSettings.parse({}));
  return { ...namespace, objects: [...namespace.objects, ...serviceObjects("shop", revisions, candidate)] };
}

describe("what the program makes is read back as it was written", () => {
  test.each(written)("%s", (_, settings) => {
    const { entries, unmanaged } = namespaceAdoption(live([{ id: "r1", weight: 100, settings: parsed(settings) }]), around);
    expect(parsed(entries[1]?.settings ?? {})).toEqual(parsed(settings));
    expect(unmanaged).toEqual([]);
  });
});

const trial = { testers: { header: "x-try", value: "1" }, mirror: { percent: 5 }, affinity: { kind: "revision", cookie: "seen", ttlSeconds: 600 } };
const stable = { id: "r1", weight: 90, settings: parsed({ ...least, traffic: trial }) };
const candidate = { id: "r2", weight: 10, settings: parsed({ ...least, image: { from: "digest", reference: reference("b") }, traffic: trial }) };
const retained = { id: "r0", weight: 0, settings: parsed({ ...least, image: { from: "digest", reference: reference("c") }, environment: { OLD: "1" }, traffic: trial }) };

test("a release on its way is read with its candidate, testers, mirror and visitors", () => {
  const { entries } = namespaceAdoption(live([stable, candidate, retained], "r2"), around);
  expect(parsed(entries[1]?.settings ?? {})).toEqual(candidate.settings);
});

describe("the record of an adopted release", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  const recorded = (revisions: readonly [Weighed, ...Weighed[]], tried?: string) => {
    const [service] = servicesIn(live(revisions, tried));
    if (service === undefined) throw new Error("no service was found, got none; look at serviceObjects");
    const release = adoptedRelease(service, tried === undefined ? stable.settings : candidate.settings, "rconfigured", now);
    expect(parseReleases({ shop: release })).toEqual({ shop: release });
    return release;
  };

  test("has the weights and roles of the routes, and the id that the configuration gives", () => {
    const { revisions, since, stage } = recorded([stable, retained, candidate], "r2");
    expect(revisions.map(({ configured, id, image, role, weight }) => [id, role, weight, image, configured])).toEqual([
      ["r1", "stable", 90, reference("a"), undefined], ["r2", "candidate", 10, reference("b"), "rconfigured"], ["r0", "retained", 0, reference("c"), undefined],
    ]);
    expect(revisions[2]?.specification.environment).toEqual({ OLD: "1" });
    expect([stage, since]).toEqual([{ kind: "rollout" }, "2026-01-01T00:00:00.000Z"]);
  });

  test("of one revision is settled", () => {
    expect(recorded([{ ...stable, weight: 100 }])).toMatchObject({ stage: { kind: "settled" }, revisions: [{ id: "r1", role: "stable", weight: 100, configured: "rconfigured" }] });
  });
});
