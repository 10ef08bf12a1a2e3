import grpc from "@grpc/grpc-js";
import rpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { resolve } from "node:path";
import type { Backend } from "./backend.ts";
import type { Cluster } from "./cluster/open.ts";
import { Documents } from "./documents.ts";
import { dockerCatalogue } from "./docker/catalogue.ts";
import { dockerBuildCatalogue } from "./docker/build.ts";
import type { Faults } from "./faults.ts";
import { githubCatalogue } from "./github/catalogue.ts";
import { startGitHubApi } from "./github-api/server.ts";
import type { GitHubApi } from "./github-api/server.ts";
import { FaultInjector } from "./injector.ts";
import { Machine } from "./machine.ts";
import { overheard } from "./overheard.ts";
import { readPopulation } from "./population.ts";
import { RandomBackend } from "./random.ts";
import { loadKey, Seal } from "./seal.ts";
import { service } from "./service.ts";

export const PROVIDERS = ["kubernetes", "github", "random", "docker", "docker-build", "grafana"] as const;
export type ProviderName = (typeof PROVIDERS)[number];

export interface SandboxOptions {
  /** The cloud: the folder of documents, normally `.sandbox/cloud`. The key of its secrets lies beside it. */
  folder: string;
  /** Which providers to serve; the others stay the real ones. @default all of them */
  providers?: ProviderName[];
  /** Kubeconfig of a cluster in which Kubernetes objects are made for real. @default none: they are documents alone */
  cluster?: string | undefined;
  /** What goes wrong on purpose. @default nothing */
  faults?: Faults;
  /** Gets one line for each call of the cloud, never with values. @default nothing is logged */
  log?: (line: string) => void;
  /** Gets every secret text that the providers are given or answer, as often as they are. @default nobody is told */
  onSecret?: (value: string) => void;
}

export interface Sandbox {
  /** The port of each served provider, on 127.0.0.1. */
  ports: Record<ProviderName, number>;
  /** The value for PULUMI_DEBUG_PROVIDERS. */
  debugProviders: string;
  /** GitHub's REST API over the same documents; undefined where the github provider is the real one. */
  githubApi: GitHubApi | undefined;
  close(): Promise<void>;
}

const LIMIT = 400 * 1024 * 1024;

/** Serves the sandbox's providers on loopback, one port each, until closed. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const folder = resolve(options.folder);
  const documents = new Documents(folder, new Seal(loadKey(`${folder}/../key`)));
  const population = readPopulation(folder);
  const faults = options.faults ?? {};
  let cluster: Cluster | undefined;
  const makers: Record<ProviderName, () => Backend | Promise<Backend>> = {
    kubernetes: async () => {
      const { kubernetesCatalogue, neverReady } = await import("./kubernetes.ts");
      if (options.cluster !== undefined) {
        const { openCluster } = await import("./cluster/open.ts");
        cluster = openCluster(options.cluster, kubernetesCatalogue(documents, population), documents);
        return cluster.machine;
      }
      return new Machine(kubernetesCatalogue(documents, population), documents, neverReady(faults.neverReady));
    },
    github: () => new Machine(githubCatalogue(documents, population), documents),
    random: () => new RandomBackend(),
    docker: () => new Machine(dockerCatalogue(documents, population), documents),
    "docker-build": () => new Machine(dockerBuildCatalogue(documents, population), documents),
    grafana: async () => {
      const { grafanaCatalogue } = await import("./grafana/catalogue.ts");
      return new Machine(grafanaCatalogue(documents), documents);
    },
  };
  const servers = new Map<grpc.Server, number>();
  // Draining without grace ends every connection; the port goes on listening, as after a network's hiccup.
  const injector = new FaultInjector(faults, () => servers.forEach((port, server) => server.drain(address(port), 0)));
  const ports: Record<ProviderName, number> = { kubernetes: 0, github: 0, random: 0, docker: 0, "docker-build": 0, grafana: 0 };
  const served = options.providers ?? [...PROVIDERS];
  for (const name of served) {
    const server = new grpc.Server({ "grpc.max_receive_message_length": LIMIT, "grpc.max_send_message_length": LIMIT });
    const made = await makers[name]();
    const backend = options.onSecret === undefined ? made : overheard(made, options.onSecret);
    server.addService(rpc.ResourceProviderService, service(backend, injector, (line) => options.log?.(`${name}: ${line}`)));
    ports[name] = await listen(server);
    servers.set(server, ports[name]);
  }
  const githubApi = served.includes("github") ? await startGitHubApi({ documents, population, faults }) : undefined;
  return {
    ports,
    githubApi,
    debugProviders: served.map((name) => `${name}:${ports[name]}`).join(","),
    async close() {
      servers.forEach((_, server) => server.forceShutdown());
      githubApi?.close();
      cluster?.close();
    },
  };
}

function address(port: number): string {
  return `127.0.0.1:${port}`;
}

function listen(server: grpc.Server): Promise<number> {
  return new Promise((done, fail) => {
    server.bindAsync(address(0), grpc.ServerCredentials.createInsecure(), (error, port) => (error === null ? done(port) : fail(error)));
  });
}
