import type { Documents } from "../documents.ts";
import type { Catalogue } from "../kinds.ts";
import { Api } from "./api.ts";
import { readKubeconfig } from "./kubeconfig.ts";
import { ClusterMachine } from "./machine.ts";
import { Objects } from "./objects.ts";

export interface Cluster {
  machine: ClusterMachine;
  close(): void;
}

/** The Kubernetes provider over the cluster that a kubeconfig names. @throws Error with every problem of the file */
export function openCluster(kubeconfig: string, catalogue: Catalogue, documents: Documents): Cluster {
  const api = new Api(readKubeconfig(kubeconfig));
  return { machine: new ClusterMachine(catalogue, documents, new Objects(api)), close: () => api.close() };
}
