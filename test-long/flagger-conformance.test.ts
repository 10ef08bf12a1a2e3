import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubernetesObject } from "../lab/api.ts";
import { applyAll } from "../lab/apply/conformance.ts";
import { ensureLab } from "../lab/build.ts";
import { down } from "../lab/down.ts";
import type { Lab } from "../lab/folder.ts";
import { up } from "../lab/up.ts";
import type { CanaryReleaseArgs } from "../components/kubernetes/flagger/canary-release.ts";
import { flaggerChecks } from "../components/observability/flagger-checks.ts";
import { plain } from "../test/kubernetes/declared.ts";
import { EXPOSED, IN_MESH } from "../test/kubernetes/fixtures.ts";
import { world } from "../test/kubernetes/flagger-world.ts";
import { LEVEL } from "../test/observability/levels.ts";

jest.setTimeout(45 * 60_000);

const folder = mkdtempSync(join(tmpdir(), "slipway-flagger-"));
const checks = flaggerChecks({ level: LEVEL, minimumRequests: 100, workloads: { candidate: "storefront", stable: "storefront-primary" } });
const NAMESPACE: KubernetesObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": "restricted" } } };
const ACCOUNT: KubernetesObject = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "storefront", namespace: "shop" } };
let lab: Lab;

beforeAll(async () => {
  await ensureLab();
  lab = await up(folder, { only: ["etcd", "api-server"] });
});
afterAll(async () => {
  await down(lab.folder);
  rmSync(folder, { recursive: true, force: true });
});

const COURSES: [string, Partial<CanaryReleaseArgs>][] = [
  ["a canary behind a gateway", { traffic: EXPOSED }],
  ["a canary that is mirrored, keeps its visitors and throws pods out", { traffic: {
    ...IN_MESH, timeoutSeconds: 10, mirror: { percent: 20 }, affinity: { kind: "revision", cookie: "seen", ttlSeconds: 600 },
    outlierDetection: { consecutiveErrors: 5, intervalSeconds: 10, ejectionSeconds: 30, maxEjectionPercent: 50 },
  } }],
  ["blue-green with testers", { course: { kind: "blue-green", checks: 10 }, traffic: { ...IN_MESH, testers: { header: "x-tester", value: "yes" }, affinity: { kind: "pod", by: { cookie: "c", ttlSeconds: 5 } } } }],
  ["blue-green with a mirror", { course: { kind: "blue-green", checks: 3 }, traffic: { ...IN_MESH, mirror: { percent: 100 } } }],
];

test.each(COURSES)("an API server with Flagger's own definitions takes every object of %s", async (_, change) => {
  const all = await world({ checks, ...change });
  const objects = all.filter(({ type }) => type.startsWith("kubernetes:")).map(({ inputs }): KubernetesObject => {
    const { apiVersion, kind, metadata: { name = "", ...metadata }, ...rest } = plain(inputs);
    return { apiVersion, kind, metadata: { ...metadata, name }, ...rest };
  });
  expect(objects.length).toBeGreaterThan(15);
  expect(await applyAll(lab, [NAMESPACE, ACCOUNT, ...objects], "slipway")).toEqual([]);
});
