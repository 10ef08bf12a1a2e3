import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { readBack } from "../../sandbox/inputs.ts";
import type { Path, Properties, Value } from "../../sandbox/values.ts";
import { isProperties } from "../../sandbox/values.ts";
import type { Client } from "./client.ts";
import { refusal, withProvider } from "./client.ts";

// Some of these ask the provider a hundred times.

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const labels = { app: "api" };
const container = (more: Properties = {}): Properties => ({ name: "api", image: "ghcr.io/acme/api:1", ports: [{ name: "http", containerPort: 8080 }], ...more });
const deployment = (spec: Properties = {}): Properties => ({
  metadata: { name: "api", namespace: "shop" },
  spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container()], ...spec } } },
});

/** One object a kind, as a program would declare it. */
const OBJECTS: Record<string, Properties> = {
  "kubernetes:core/v1:ServiceAccount": { metadata: { name: "api", namespace: "shop" }, automountServiceAccountToken: false },
  "kubernetes:core/v1:ConfigMap": { metadata: { name: "api", namespace: "shop", labels }, data: { LEVEL: "info" } },
  "kubernetes:core/v1:Secret": { metadata: { name: "api", namespace: "shop" }, type: "Opaque", stringData: { token: "CANARY" } },
  "kubernetes:core/v1:Service": { metadata: { name: "api", namespace: "shop" }, spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] } },
  [DEPLOYMENT]: deployment(),
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": { metadata: { name: "api", namespace: "shop" }, spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "api" }, minReplicas: 2, maxReplicas: 4, metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }] } },
  "kubernetes:policy/v1:PodDisruptionBudget": { metadata: { name: "api", namespace: "shop" }, spec: { minAvailable: 1, selector: { matchLabels: labels } } },
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": { metadata: { name: "api", namespace: "shop" }, spec: { podSelector: {}, policyTypes: ["Ingress"] } },
  "kubernetes:networking.istio.io/v1:VirtualService": { metadata: { name: "api", namespace: "shop" }, spec: { hosts: ["api"], http: [{ route: [{ destination: { host: "api", subset: "a" }, weight: 90 }, { destination: { host: "api", subset: "b" }, weight: 10 }] }] } },
  "kubernetes:networking.istio.io/v1:DestinationRule": { metadata: { name: "api", namespace: "shop" }, spec: { host: "api", subsets: [{ name: "a", labels: { version: "a" } }] } },
  "kubernetes:security.istio.io/v1:PeerAuthentication": { metadata: { name: "default", namespace: "shop" }, spec: { mtls: { mode: "STRICT" } } },
  "kubernetes:monitoring.coreos.com/v1:PrometheusRule": { metadata: { name: "api", namespace: "shop" }, spec: { groups: [{ name: "api", rules: [{ record: "a:b", expr: "vector(1)" }] }] } },
  "kubernetes:core/v1:ResourceQuota": { metadata: { name: "api", namespace: "shop" }, spec: { hard: { pods: "10" } } },
  "kubernetes:core/v1:LimitRange": { metadata: { name: "api", namespace: "shop" }, spec: { limits: [{ type: "Container", default: { cpu: "500m" } }] } },
};

async function inNamespace(run: (client: Client, folder: string) => Promise<void>, faults = {}): Promise<void> {
  await withProvider("kubernetes", async (client, folder) => {
    await client.create(NAMESPACE, { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } }, { name: "namespace" });
    await run(client, folder);
  }, faults);
}

async function made(client: Client, type: string, declared: Properties) {
  const { inputs: { plain: inputs }, failures } = await client.check(type, declared);
  expect(failures).toEqual([]);
  const { id, outputs } = await client.create(type, inputs);
  return { id, inputs, old: { inputs, outputs: outputs.plain }, file: `${JSON.parse(String(outputs.plain["__meta"])).document}.yaml` };
}

function edit(file: string, change: (body: Properties) => void): void {
  const text = readFileSync(file, "utf8");
  const body = parse(text);
  change(body);
  writeFileSync(file, `${text.split("\n").filter((line) => line.startsWith("#")).join("\n")}\n${stringify(body)}`);
}

function leaves(value: Value, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((child, index) => leaves(child, [...path, index]));
  return isProperties(value) ? Object.entries(value).flatMap(([key, child]) => leaves(child, [...path, key])) : [path];
}

function set(root: Value, path: Path, value: Value | undefined): void {
  let holder: Value | undefined = root;
  for (const segment of path.slice(0, -1)) holder = Array.isArray(holder) ? holder[Number(segment)] : isProperties(holder) ? holder[String(segment)] : undefined;
  const last = path.at(-1);
  if (Array.isArray(holder) && typeof last === "number") value === undefined ? holder.splice(last, 1) : (holder[last] = value);
  else if (isProperties(holder)) value === undefined ? delete holder[String(last)] : (holder[String(last)] = value);
}

describe("kubernetes objects", () => {
  test.each(Object.entries(OBJECTS))("%s shows every field that a person changed, removed or added, and is restored", async (type, declared) => {
    await inNamespace(async (client, folder) => {
      const { id, inputs, old, file: document } = await made(client, type, declared);
      const file = join(folder, document);
      const read = await client.read(type, id, old);
      expect(read.inputs.plain).toEqual(inputs);
      expect(read.outputs.plain).toEqual(old.outputs);
      const original = readFileSync(file, "utf8");
      const shows = async (change: (body: Properties) => void) => {
        writeFileSync(file, original);
        edit(file, change);
        const drifted = await client.read(type, id, old);
        expect((await client.diff(type, id, { inputs: drifted.inputs.plain, outputs: drifted.outputs.plain }, inputs)).paths).not.toEqual([]);
        return { inputs: drifted.inputs.plain, outputs: drifted.outputs.plain };
      };
      // A Secret's stringData is stored as data: that is what a person can edit.
      const stored = parse(original);
      for (const path of leaves(inputs).map((leaf) => (leaf[0] === "stringData" ? ["data", ...leaf.slice(1)] : leaf))) {
        expect(set(stored, path, "x")).toBeUndefined();
        await shows((body) => set(body, path, "edited"));
        await shows((body) => set(body, path, undefined));
      }
      await shows((body) => set(body, ["metadata", "labels"], { byHand: "yes" }));
      const drifted = await shows((body) => set(body, ["addedByHand"], { a: 1 }));
      await client.update(type, id, drifted, inputs);
      expect((await client.read(type, id, old)).inputs.plain).toEqual(inputs);
      rmSync(file);
      expect((await client.read(type, id, old)).id).toBe("");
    });
  });

  test("what the server fills in is in the outputs and not in the inputs", async () => {
    await inNamespace(async (client, folder) => {
      const { old, file } = await made(client, DEPLOYMENT, deployment());
      const body = parse(readFileSync(join(folder, file), "utf8"));
      expect(body).toMatchObject({ spec: { strategy: { type: "RollingUpdate" }, progressDeadlineSeconds: 600 }, status: { readyReplicas: 2 } });
      expect(old.outputs).toMatchObject({ spec: { revisionHistoryLimit: 10 }, status: { readyReplicas: 2 } });
      expect(JSON.stringify(old.inputs)).not.toContain("progressDeadlineSeconds");
    });
  });

  test("a secret's data is sealed whatever the program marked, and comes back", async () => {
    await inNamespace(async (client, folder) => {
      const { id, old, file } = await made(client, "kubernetes:core/v1:Secret", OBJECTS["kubernetes:core/v1:Secret"] ?? {});
      const text = readFileSync(join(folder, file), "utf8");
      expect(text).not.toContain("CANARY");
      expect(text).not.toContain(Buffer.from("CANARY").toString("base64"));
      const read = await client.read("kubernetes:core/v1:Secret", id, old);
      expect(read.outputs.secrets).toContainEqual(["data"]);
      expect(read.inputs.plain).toMatchObject({ stringData: { token: "CANARY" } });
    });
  });

  test("trap 19: an unknown field is refused, not dropped", async () => {
    await inNamespace(async (client) => {
      const { failures } = await client.check(DEPLOYMENT, deployment({ containers: [container({ imagePullPolicyy: "Always" })] }));
      expect(failures).toEqual([expect.stringContaining('unknown field "spec.template.spec.containers[0].imagePullPolicyy"')]);
    });
  });

  test("no failure tells a secret", async () => {
    await inNamespace(async (client) => {
      const { failures } = await client.check("kubernetes:core/v1:Secret", { metadata: { name: "api" }, data: { token: "CANARY!" } });
      expect(failures).toHaveLength(1);
      expect(failures.join()).not.toContain("CANARY");
    });
  });

  test("an object without a name gets one, and keeps it", async () => {
    await inNamespace(async (client) => {
      const type = "kubernetes:core/v1:ConfigMap";
      const first = (await client.check(type, { metadata: { namespace: "shop" } }, {}, "settings")).inputs.plain;
      expect(first).toEqual({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings-01234567", namespace: "shop", annotations: { "pulumi.com/autonamed": "true" } } });
      expect((await client.check(type, { metadata: { namespace: "shop" }, data: {} }, { metadata: { name: "settings-abc", annotations: { "pulumi.com/autonamed": "true" } } }, "settings")).inputs.plain).toMatchObject({ metadata: { name: "settings-abc" } });
      expect((await client.check(type, {})).inputs.plain).toMatchObject({ metadata: { namespace: "default" } });
    });
  });

  test("immutable fields replace, in place where the name stays", async () => {
    await inNamespace(async (client) => {
      const { id, old } = await made(client, DEPLOYMENT, deployment());
      const news = structuredClone(old.inputs);
      set(news, ["spec", "selector", "matchLabels", "app"], "other");
      expect(await client.diff(DEPLOYMENT, id, old, news)).toEqual({ paths: ["spec.selector.matchLabels.app"], replaces: ["spec"], deleteBeforeReplace: true });
      const renamed = structuredClone(old.inputs);
      set(renamed, ["metadata", "name"], "other");
      expect(await client.diff(DEPLOYMENT, id, old, renamed)).toEqual({ paths: ["metadata.name"], replaces: ["metadata"], deleteBeforeReplace: false });
    });
  });

  test("a ConfigMap's data changes in place only where the provider is told so", async () => {
    await inNamespace(async (client) => {
      const type = "kubernetes:core/v1:ConfigMap";
      const { id, old } = await made(client, type, OBJECTS[type] ?? {});
      const news = { ...old.inputs, data: { LEVEL: "debug" } };
      expect((await client.diff(type, id, old, news)).replaces).toEqual(["data"]);
      await client.configure({ enableConfigMapMutable: "true" });
      expect((await client.diff(type, id, old, news)).replaces).toEqual([]);
    });
  });

  test("the refusals of the API server", async () => {
    await inNamespace(async (client) => {
      const type = "kubernetes:core/v1:ConfigMap";
      const inputs = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "api", namespace: "shop" } };
      await client.create(type, inputs, { name: "other" });
      expect(await refusal(client.create(type, inputs))).toBe('configmaps "api" already exists');
      expect(await refusal(client.create(type, { ...inputs, metadata: { name: "api", namespace: "absent" } }))).toBe('namespaces "absent" not found');
      expect(await refusal(client.update(type, "shop/absent", { inputs, outputs: {} }, { ...inputs, metadata: { name: "absent", namespace: "shop" } }))).toBe('configmaps "absent" not found');
      expect(await refusal(client.create("kubernetes:helm.sh/v3:Release", {}))).toBe(
        "kubernetes:helm.sh/v3:Release: is not served by the sandbox, got a request for it; leave the provider kubernetes out of the sandbox to use the real one",
      );
      expect(await refusal(client.invoke("kubernetes:helm:template", {}))).toContain("kubernetes:helm:template: is not served by the sandbox");
    });
  });

  test("a Deployment waits for what it names, and is stored but not ready where that never comes", async () => {
    await inNamespace(async (client, folder) => {
      const needing = deployment({ serviceAccountName: "api" });
      const { inputs } = await client.check(DEPLOYMENT, needing);
      const creation = client.create(DEPLOYMENT, inputs.plain);
      await client.create("kubernetes:core/v1:ServiceAccount", { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "api", namespace: "shop" } });
      await expect(creation).resolves.toMatchObject({ id: "shop/api" });
      const lost = (await client.check(DEPLOYMENT, { ...deployment({ serviceAccountName: "absent" }), metadata: { name: "lost", namespace: "shop" } })).inputs.plain;
      expect(await refusal(client.create(DEPLOYMENT, lost))).toContain('serviceaccount "absent" not found');
      expect(existsSync(join(folder, "kubernetes/shop/deployment/lost.yaml"))).toBe(true);
    });
  });

  test("a Deployment can be told never to get ready", async () => {
    await inNamespace(async (client) => {
      const { inputs } = await client.check(DEPLOYMENT, deployment());
      expect(await refusal(client.create(DEPLOYMENT, inputs.plain))).toBe(
        'the resource was stored, but never became ready: timed out waiting for Deployment "api" to become ready (injected); [MinimumReplicasUnavailable] Deployment does not have minimum availability.',
      );
    }, { neverReady: "api" });
  });

  test("deleting a namespace deletes everything in it, by hand too", async () => {
    await inNamespace(async (client, folder) => {
      const type = "kubernetes:core/v1:ConfigMap";
      const { id, old } = await made(client, type, OBJECTS[type] ?? {});
      rmSync(join(folder, "kubernetes/shop/namespace.yaml"));
      expect((await client.read(type, id, old)).id).toBe("");
      await client.delete(NAMESPACE, "shop", { inputs: { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } }, outputs: {} });
      expect(existsSync(join(folder, "kubernetes"))).toBe(false);
    });
  });

  test("an import has the smallest inputs that the server would store the same way", async () => {
    await inNamespace(async (client) => {
      const { inputs } = await made(client, DEPLOYMENT, deployment());
      expect((await client.read(DEPLOYMENT, "shop/api")).inputs.plain).toEqual(inputs);
      expect((await client.read(DEPLOYMENT, "shop/absent")).id).toBe("");
    });
  });

  test("after an import a value that the server fills in is no change, and another one is", async () => {
    await inNamespace(async (client) => {
      const { inputs } = await made(client, DEPLOYMENT, deployment());
      const { inputs: { plain }, outputs } = await client.read(DEPLOYMENT, "shop/api");
      const spec = isProperties(inputs["spec"]) ? inputs["spec"] : {};
      const diff = (more: Properties) => client.diff(DEPLOYMENT, "shop/api", { inputs: plain, outputs: outputs.plain }, { ...inputs, spec: { ...spec, ...more } });
      expect((await diff({ progressDeadlineSeconds: 600, strategy: { type: "RollingUpdate" } })).paths).toEqual([]);
      expect((await diff({ progressDeadlineSeconds: 60 })).paths).toEqual(["spec.progressDeadlineSeconds"]);
    });
  });

  test("before it exists its status is not known", async () => {
    await withProvider("kubernetes", async (client) => {
      const { outputs } = await client.create(DEPLOYMENT, deployment(), { preview: true });
      expect(outputs.plain).toMatchObject({ metadata: { name: "api" }, status: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" });
    });
  });
});

describe("reading inputs back", () => {
  test.each([
    ["a default of the server is left out", { a: 1 }, { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1 }],
    ["a default that was changed is shown", { a: 1 }, { a: 1, b: 2 }, { a: 1, b: 3 }, { a: 1, b: 3 }],
    ["what was added is shown", { a: {} }, { a: {} }, { a: { x: 1 } }, { a: { x: 1 } }],
    ["what was removed is missing", { a: { x: 1, y: 2 } }, { a: { x: 1, y: 2 } }, { a: { y: 2 } }, { a: { y: 2 } }],
    ["what the server writes another way stays as declared", { cpu: "1000m" }, { cpu: "1" }, { cpu: "1" }, { cpu: "1000m" }],
    ["what the server never stores stays as declared", { stringData: { t: "v" } }, { data: { t: "dg==" } }, { data: { t: "dg==" } }, { stringData: { t: "v" } }],
    ["an added item of a list is shown", { l: [{ a: 1 }] }, { l: [{ a: 1, d: 0 }] }, { l: [{ a: 1, d: 0 }, { a: 2 }] }, { l: [{ a: 1 }, { a: 2 }] }],
  ] satisfies [string, Properties, Properties, Properties, Properties][])("%s", (_name, declared, expected, live, inputs) => {
    expect(readBack(declared, expected, live)).toEqual(inputs);
  });
});
