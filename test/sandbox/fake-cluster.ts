import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";

type Stored = Record<string, unknown> & { metadata: Record<string, unknown>; spec?: Record<string, unknown> };

/** A refusal as the API server words it. */
export interface Refusal {
  code: number;
  reason: string;
  message: string;
}

/** As much of an API server as the sandbox asks: discovery, apply, read, delete. */
export interface FakeCluster {
  kubeconfig: string;
  objects: Map<string, Stored>;
  /** Method, path and query of each call but those of discovery. */
  calls: string[];
  /** What the next apply is answered with. */
  refuse: Refusal | undefined;
  /** Called before each read; a test plays the controllers here. */
  controllers: (object: Stored) => unknown;
  close(): void;
}

const TOKEN = "open-sesame";
const RESOURCES: Record<string, object[]> = {
  "/api/v1": [{ name: "namespaces", kind: "Namespace", namespaced: false }, { name: "namespaces/status", kind: "Namespace", namespaced: false }, { name: "configmaps", kind: "ConfigMap", namespaced: true }, { name: "secrets", kind: "Secret", namespaced: true }],
  "/apis/apps/v1": [{ name: "deployments", kind: "Deployment", namespaced: true }],
};

export async function fakeCluster(): Promise<FakeCluster> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-cluster-"));
  const cluster: FakeCluster = {
    kubeconfig: join(folder, "kubeconfig"), objects: new Map(), calls: [], refuse: undefined, controllers: () => undefined,
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const server = createServer((request, response) => {
    void answer(cluster, request).then(({ body, code }) => response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  writeFileSync(cluster.kubeconfig, stringify(kubeconfig(`http://127.0.0.1:${port}`)));
  return cluster;
}

export function kubeconfig(server: string, token: string | undefined = TOKEN): object {
  return {
    clusters: [{ name: "fake", cluster: { server } }],
    users: [{ name: "admin", user: token === undefined ? {} : { token } }],
    contexts: [{ name: "it", context: { cluster: "fake", user: "admin" } }],
    "current-context": "it",
  };
}

interface Answer {
  code: number;
  body: object;
}

const refused = (refusal: Refusal): Answer => ({ code: refusal.code, body: { kind: "Status", ...refusal } });

async function answer(cluster: FakeCluster, request: IncomingMessage): Promise<Answer> {
  const { pathname: path, search } = new URL(request.url ?? "/", "http://fake");
  if (request.headers.authorization !== `Bearer ${TOKEN}`) return refused({ code: 401, reason: "Unauthorized", message: "Unauthorized" });
  const resources = RESOURCES[path];
  if (resources !== undefined) return { code: 200, body: { resources } };
  if (/^\/apis\/[^/]+\/[^/]+$/.test(path)) return refused({ code: 404, reason: "NotFound", message: "404 page not found" });
  cluster.calls.push(`${request.method} ${path}${search}`);
  const existing = cluster.objects.get(path);
  let said = "";
  for await (const chunk of request.setEncoding("utf8")) said += chunk;
  if (request.method === "PATCH") {
    const { refuse } = cluster;
    cluster.refuse = undefined;
    if (refuse !== undefined) return refused(refuse);
    const sent: Stored = JSON.parse(said);
    const generation = Number(existing?.metadata["generation"] ?? 0) + 1;
    const metadata = { ...existing?.metadata, ...sent.metadata, generation, uid: `uid of ${path}`, managedFields: [{ manager: "slipway-sandbox" }] };
    const stored = { ...existing, ...sent, metadata };
    cluster.objects.set(path, stored);
    return { code: 200, body: stored };
  }
  if (existing === undefined) return refused({ code: 404, reason: "NotFound", message: `${path.split("/").at(-2)} "${path.split("/").at(-1)}" not found` });
  if (request.method === "DELETE" && existing.metadata["deletionTimestamp"] === undefined) existing.metadata["deletionTimestamp"] = "2026-01-01T00:00:00Z";
  else {
    cluster.controllers(existing);
    // Foreground deletion ends a moment after it was asked for.
    if (existing.metadata["deletionTimestamp"] !== undefined) cluster.objects.delete(path);
  }
  return { code: 200, body: existing };
}
