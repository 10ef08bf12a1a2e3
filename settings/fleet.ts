import { createHash } from "node:crypto";
import { parse, YAMLParseError } from "yaml";
import { problemText } from "./problem.ts";
import { PROJECT } from "./section.ts";

/** A stack's file. */
export interface StackFile {
  path: string;
  text: string;
}

/** A thing in the world that one stack may own, said so that two files mean the same thing by the same words. */
type Claim = string;

/** What two or more stack files declare at once, one line each: both would undo the other's changes for ever. */
export function conflicts(files: readonly StackFile[]): string[] {
  const claimants = new Map<Claim, string[]>();
  const broken: string[] = [];
  for (const { path, text } of files) {
    const config = configOf(text);
    if (config === undefined) broken.push(problemText({ path, wrong: "is not YAML", todo: "correct it" }));
    for (const claim of new Set(claimsOf(config, path))) claimants.set(claim, [...(claimants.get(claim) ?? []), path]);
  }
  const shared = [...claimants].filter(([, paths]) => paths.length > 1);
  return [...broken, ...shared.map(([path, paths]) => problemText({ path, wrong: `is declared by ${listed(paths)}`, todo: "keep it in one of them" }))];
}

function configOf(text: string): unknown {
  try {
    return valueOf(parse(text), "config") ?? {};
  } catch (error) {
    if (error instanceof YAMLParseError) return undefined;
    throw error;
  }
}

function claimsOf(config: unknown, path: string): Claim[] {
  const owner = String(valueOf(config, "github:owner")).toLowerCase();
  const cluster = clusterOf(config, path);
  return [
    ...entriesOf(config, "repositories").flatMap(([name, settings]) => repositoryClaims(`${owner}/${name.toLowerCase()}`, settings)),
    ...entriesOf(config, "namespaces").map(([name]) => `namespace ${name}${cluster}`),
    ...entriesOf(config, "services").flatMap(([name, settings]) => serviceClaims(name, settings, cluster)),
  ];
}

/** What a stack adds to a repository of another stack is claimed piece by piece. */
function repositoryClaims(repository: string, settings: unknown): Claim[] {
  const parts = PARTS.flatMap(([key, noun]) => entries(valueOf(settings, key)).map(([name]) => `${noun} ${name} of ${repository}`));
  return valueOf(settings, "existing") === true ? parts : [`repository ${repository}`, ...parts];
}

const PARTS: readonly [key: string, noun: string][] = [
  ["environments", "environment"],
  ["secrets", "secret"],
  ["variables", "variable"],
  ["dependabotSecrets", "dependabot secret"],
];

function serviceClaims(name: string, settings: unknown, cluster: string): Claim[] {
  const hosts = valueOf(valueOf(valueOf(settings, "traffic"), "exposure"), "hosts");
  const named = Array.isArray(hosts) ? hosts.map((host: unknown) => `host ${String(host).toLowerCase()}`) : [];
  return [`service ${name} of namespace ${String(valueOf(settings, "namespace"))}${cluster}`, ...named];
}

// Stacks on two clusters may use the same names; an encrypted kubeconfig could be any cluster, so it is taken for another one.
function clusterOf(config: unknown, path: string): string {
  const [context, cluster, kubeconfig] = ["context", "cluster", "kubeconfig"].map((key) => valueOf(config, `kubernetes:${key}`));
  if (typeof context === "string") return ` on ${context}`;
  if (typeof cluster === "string") return ` on ${cluster}`;
  if (typeof kubeconfig === "string") return ` on the cluster ${createHash("sha256").update(kubeconfig).digest("hex").slice(0, 8)}`;
  return kubeconfig === undefined ? "" : ` on the cluster of ${path}`;
}

function entriesOf(config: unknown, section: string): [string, unknown][] {
  return entries(valueOf(config, `${PROJECT}:${section}`));
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function valueOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}

function listed(paths: readonly string[]): string {
  return `${paths.slice(0, -1).join(", ")} and ${paths.at(-1)}`;
}
