import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { readKubeconfig } from "../../sandbox/cluster/kubeconfig.ts";
import { startSandbox } from "../../sandbox/server.ts";
import type { Sandbox } from "../../sandbox/server.ts";
import type { Properties } from "../../sandbox/values.ts";
import { Client, refusal } from "./client.ts";
import { fakeCluster } from "./fake-cluster.ts";
import type { FakeCluster } from "./fake-cluster.ts";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const QUERY = "?fieldManager=slipway-sandbox&fieldValidation=Strict&force=false";
const MAP = "/api/v1/namespaces/shop/configmaps/api";
const PODS = "/apis/apps/v1/namespaces/shop/deployments/api";

let home: string;
let cluster: FakeCluster;
let sandbox: Sandbox;
let client: Client;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "slipway-sandbox-"));
  cluster = await fakeCluster();
  sandbox = await startSandbox({ folder: join(home, "cloud"), providers: ["kubernetes"], cluster: cluster.kubeconfig });
  client = new Client(sandbox.ports.kubernetes);
  await client.create(NAMESPACE, { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } }, { name: "namespace" });
  cluster.calls.length = 0;
});

afterEach(async () => {
  client.close();
  await sandbox.close();
  cluster.close();
  rmSync(home, { recursive: true, force: true });
});

const map = (data: Properties): Properties => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "api", namespace: "shop" }, data });

function deployment(annotations: Properties = {}): Properties {
  const labels = { app: "api" };
  return {
    apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "api", namespace: "shop", annotations },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: "api", image: "ghcr.io/acme/api:1", envFrom: [] }] } } },
  };
}

const mirrored = (kind: string) => join(home, "cloud/kubernetes/shop", kind, "api.yaml");

async function made(type: string, inputs: Properties) {
  const { id, outputs } = await client.create(type, inputs);
  return { id, old: { inputs, outputs: outputs.plain } };
}

describe("with a cluster, the sandbox", () => {
  test("applies under a manager of its own with strict validation, and mirrors what is stored", async () => {
    const { id, old } = await made(CONFIG_MAP, map({ LEVEL: "info" }));
    expect(cluster.calls).toEqual([`PATCH ${MAP}${QUERY}`]);
    expect({ id, uid: old.outputs["metadata"] }).toEqual({ id: "shop/api", uid: { name: "api", namespace: "shop", generation: 1, uid: `uid of ${MAP}` } });
    expect(parse(readFileSync(mirrored("configmap"), "utf8"))).toEqual({ ...map({ LEVEL: "info" }), metadata: old.outputs["metadata"] });
    const outputs = await client.update(CONFIG_MAP, id, old, map({ LEVEL: "debug" }));
    expect(outputs.plain["data"]).toEqual({ LEVEL: "debug" });
    expect(cluster.objects.get(MAP)).toMatchObject({ data: { LEVEL: "debug" } });
  });

  test("a preview asks the cluster nothing", async () => {
    await client.create(CONFIG_MAP, map({ LEVEL: "info" }), { preview: true });
    expect(cluster.calls).toEqual([]);
  });

  test("leaves no document of what the cluster refuses, and keeps the one before", async () => {
    cluster.refuse = { code: 400, reason: "BadRequest", message: 'strict decoding error: unknown field "dta"' };
    expect(await refusal(client.create(CONFIG_MAP, map({})))).toBe('strict decoding error: unknown field "dta"');
    expect(existsSync(mirrored("configmap"))).toBe(false);
    const { id, old } = await made(CONFIG_MAP, map({ LEVEL: "info" }));
    cluster.refuse = { code: 403, reason: "Forbidden", message: "exceeded quota" };
    expect(await refusal(client.update(CONFIG_MAP, id, old, map({ LEVEL: "debug" })))).toBe("exceeded quota");
    expect(parse(readFileSync(mirrored("configmap"), "utf8")).data).toEqual({ LEVEL: "info" });
  });

  test("tells of fields that another manager owns, and takes them only where it is told to", async () => {
    cluster.refuse = { code: 409, reason: "Conflict", message: 'Apply failed with 1 conflict: conflict with "kubectl": .data.LEVEL' };
    expect(await refusal(client.create(CONFIG_MAP, map({ LEVEL: "info" })))).toBe(
      'Server-Side Apply field conflict detected: Apply failed with 1 conflict: conflict with "kubectl": .data.LEVEL; change what the other manager owns there, or set the annotation pulumi.com/patchForce',
    );
    await client.create(CONFIG_MAP, { ...map({}), metadata: { name: "api", namespace: "shop", annotations: { "pulumi.com/patchForce": "true" } } });
    expect(cluster.calls.at(-1)).toBe(`PATCH ${MAP}${QUERY.replace("false", "true")}`);
  });

  test("reads what was changed in the cluster, and no more than was declared", async () => {
    const { id, old } = await made(DEPLOYMENT, deployment({ "pulumi.com/skipAwait": "true" }));
    const stored = cluster.objects.get(PODS);
    stored!.metadata["annotations"] = { "pulumi.com/skipAwait": "true", "deployment.kubernetes.io/revision": "1" };
    expect((await client.read(DEPLOYMENT, id, old)).inputs.plain).toEqual(old.inputs);
    stored!.spec = { ...stored!.spec, replicas: 5 };
    expect((await client.read(DEPLOYMENT, id, old)).inputs.plain).toEqual({ ...old.inputs, spec: { ...Object(old.inputs["spec"]), replicas: 5 } });
  });

  test("finds gone what is not in the cluster", async () => {
    const { id, old } = await made(CONFIG_MAP, map({}));
    cluster.objects.delete(MAP);
    expect(await refusal(client.update(CONFIG_MAP, id, old, map({ LEVEL: "info" })))).toBe('configmaps "api" not found');
    expect((await client.read(CONFIG_MAP, id, old)).id).toBe("");
    expect(existsSync(mirrored("configmap"))).toBe(false);
  });

  test("a refresh writes a mirror that was thrown away again, with its secrets sealed", async () => {
    const inputs = map({ LEVEL: "CANARY" });
    const { outputs } = await client.create(CONFIG_MAP, { plain: inputs, secrets: [["data", "LEVEL"]] });
    const old = { inputs: { plain: inputs, secrets: [["data", "LEVEL"]] }, outputs: outputs.plain };
    rmSync(join(home, "cloud"), { recursive: true });
    expect((await client.read(CONFIG_MAP, "shop/api", old)).inputs.plain).toEqual(inputs);
    expect(readFileSync(mirrored("configmap"), "utf8")).toMatch(/LEVEL: sealed:/);
  });

  test("deletes, and waits until the object is gone", async () => {
    const { id, old } = await made(CONFIG_MAP, map({}));
    await client.delete(CONFIG_MAP, id, old);
    expect(cluster.calls.slice(-3)).toEqual([`DELETE ${MAP}`, `GET ${MAP}`, `GET ${MAP}`]);
    expect({ stored: cluster.objects.has(MAP), mirrored: existsSync(mirrored("configmap")) }).toEqual({ stored: false, mirrored: false });
    await client.delete(CONFIG_MAP, id, old);
  });

  test("seals a Secret's data in the mirror, and reads its strings back as they were declared", async () => {
    const inputs: Properties = { apiVersion: "v1", kind: "Secret", metadata: { name: "api", namespace: "shop" }, stringData: { token: "CANARY" } };
    const { id, old } = await made(SECRET, inputs);
    const stored = cluster.objects.get("/api/v1/namespaces/shop/secrets/api");
    delete stored!["stringData"];
    stored!["data"] = { token: Buffer.from("CANARY").toString("base64") };
    stored!["type"] = "Opaque";
    expect((await client.read(SECRET, id, old)).inputs.plain).toEqual(inputs);
    expect(readFileSync(mirrored("secret"), "utf8")).toMatch(/token: sealed:/);
  });

  test("waits until a Deployment is ready", async () => {
    let looks = 0;
    cluster.controllers = (object) => {
      if (++looks === 2) object["status"] = { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
    };
    const { outputs } = await client.create(DEPLOYMENT, deployment());
    expect({ looks, status: outputs.plain["status"] }).toEqual({ looks: 2, status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2 } });
  });

  test("waits as long as the resource's own timeout, and says why it is not ready", async () => {
    cluster.controllers = (object) => {
      object["status"] = { observedGeneration: 1, conditions: [{ type: "Available", status: "False", reason: "MinimumReplicasUnavailable", message: "Deployment does not have minimum availability." }] };
    };
    expect(await refusal(client.create(DEPLOYMENT, deployment(), { timeoutSeconds: 0.3 }))).toBe(
      'the resource was stored, but never became ready: timed out waiting for Deployment "api" to become ready: 0 of 2 pods are available, 0 are of this template; [MinimumReplicasUnavailable] Deployment does not have minimum availability.',
    );
    expect(existsSync(mirrored("deployment"))).toBe(true);
  });

  test("refuses what the cluster has no definition of", async () => {
    const service: Properties = { apiVersion: "v1", kind: "Service", metadata: { name: "api", namespace: "shop" }, spec: { ports: [{ port: 80 }] } };
    expect(await refusal(client.create("kubernetes:core/v1:Service", service))).toBe('no matches for kind "Service" in version "v1"');
    const role: Properties = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: { name: "api", namespace: "shop" }, rules: [] };
    expect(await refusal(client.create("kubernetes:rbac.authorization.k8s.io/v1:Role", role))).toBe('no matches for kind "Role" in version "rbac.authorization.k8s.io/v1"');
  });

  test("names what does not go away", async () => {
    const { id, old } = await made(CONFIG_MAP, map({}));
    cluster.controllers = (object) => delete object.metadata["deletionTimestamp"];
    expect(await refusal(client.delete(CONFIG_MAP, id, old, 0.3))).toMatch(/^ConfigMap "api": is still there 0 s after it was deleted, got its finalizers not done; see what holds it$/);
    expect(existsSync(mirrored("configmap"))).toBe(true);
  });

  test("names the API server that does not answer", async () => {
    const { port } = new URL(readKubeconfig(cluster.kubeconfig).server);
    cluster.close();
    expect(await refusal(client.create(CONFIG_MAP, map({})))).toBe(
      `http://127.0.0.1:${port}: the API server does not answer, got "connect ECONNREFUSED 127.0.0.1:${port}"; start the cluster or leave SLIPWAY_SANDBOX_CLUSTER away`,
    );
  });

  test("names a kubeconfig that is not there before anything starts", async () => {
    await expect(startSandbox({ folder: join(home, "cloud"), providers: ["kubernetes"], cluster: join(home, "none") })).rejects.toThrow(/none: cannot be read as a kubeconfig, got "ENOENT/);
  });
});
