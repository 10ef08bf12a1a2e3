import { GitHubProblem } from "../../github/problem.ts";
import { find } from "../namespace/objects.ts";
import type { ClusterReader, LiveNamespace } from "../namespace/objects.ts";
import { repositoryImportId, repositoryOf } from "../repository/ids.ts";
import type { LiveRepository } from "../repository/live.ts";
import type { WantedResource } from "./wanted.ts";

/** Where what is there is read from. */
export interface Sources {
  /** @throws GitHubProblem with status 404 where there is none */
  repository(name: string): Promise<LiveRepository>;
  cluster: ClusterReader;
}

/** What is there already of what a stack would create. */
export interface Live {
  repositories: ReadonlyMap<string, LiveRepository>;
  namespaces: ReadonlyMap<string, LiveNamespace>;
}

/** Reads every repository and namespace that wanted resources belong to, and that is there. */
export async function readLive(wanted: readonly WantedResource[], { cluster, repository }: Sources): Promise<Live> {
  const custom = wanted.filter((each) => each.custom);
  const repositories = await existing(custom.map(repositoryOf), (name) => repository(name).catch((error: unknown) => {
    if (error instanceof GitHubProblem && error.status === 404) return undefined;
    throw error;
  }));
  return { repositories, namespaces: await existing(custom.map(namespaceOf), (name) => cluster.read(name)) };
}

/** The id under which a provider imports a resource; undefined where it is not there. */
export function importIdOf(wanted: WantedResource, { namespaces, repositories }: Live): string | undefined {
  const repository = repositories.get(repositoryOf(wanted) ?? "");
  if (wanted.type.startsWith("github:")) return repository && repositoryImportId(wanted, repository);
  const namespace = namespaceOf(wanted);
  const live = namespaces.get(namespace ?? "");
  if (live === undefined || namespace === undefined) return undefined;
  const kind = wanted.type.slice(wanted.type.lastIndexOf(":") + 1);
  const { name } = metadataOf(wanted);
  if (kind === "Namespace") return namespace;
  return find(live, kind, name) === undefined ? undefined : `${namespace}/${name}`;
}

/** The namespace that a resource belongs to, or is. */
function namespaceOf(wanted: WantedResource): string | undefined {
  if (!wanted.type.startsWith("kubernetes:")) return undefined;
  const { name, namespace } = metadataOf(wanted);
  return (wanted.type.endsWith(":Namespace") ? name : namespace) || undefined;
}

function metadataOf({ inputs: { metadata } }: WantedResource): { name: string; namespace: string } {
  const given = typeof metadata === "object" && metadata !== null ? Object.entries(metadata) : [];
  const text = (key: string): string => String(given.find(([each]) => each === key)?.[1] ?? "");
  return { name: text("name"), namespace: text("namespace") };
}

async function existing<T>(names: readonly (string | undefined)[], read: (name: string) => Promise<T | undefined>): Promise<Map<string, T>> {
  const wanted = [...new Set(names.filter((name) => name !== undefined))];
  const found = await Promise.all(wanted.map(async (name) => [name, await read(name)] as const));
  return new Map(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
