import type { Step } from "./step.ts";

/** Where in the house a resource belongs. */
export interface Place {
  /** The repository whose system it is part of; absent for what several share. */
  system?: string | undefined;
  kind: "repository" | "environment" | "service" | "namespace" | "stack";
  name: string;
}

/** What places need to know of the stack's file; empty where it cannot be read. */
export interface Known {
  /** The repository that each service comes from. */
  repositories: Readonly<Record<string, string>>;
}

const SERVICES = new Set(["slipway:delivery:Service", "slipway:delivery:ControlledService"]);

/** Finds a resource's place by its parents, which are in the preview whether they change or not. */
export function placesOf(steps: readonly Step[], known: Known): (step: Step) => Place {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const found = new Map<string, Place>();

  function placeOf(step: Step): Place {
    const kept = found.get(step.urn);
    if (kept !== undefined) return kept;
    const parent = step.parent === undefined ? undefined : byUrn.get(step.parent);
    const place = own(step) ?? (parent === undefined ? { kind: "stack", name: stackOf(step.urn) } : placeOf(parent));
    found.set(step.urn, place);
    return place;
  }

  function own({ name, parent, type }: Step): Place | undefined {
    if (SERVICES.has(type)) return { system: known.repositories[name] ?? name, kind: "service", name };
    if (type === "slipway:github:GitHubRepository") return { system: name, kind: "repository", name };
    if (type === "slipway:kubernetes:Namespace" || type === "slipway:observability:AlertRouting") return { kind: "namespace", name };
    if (type !== "slipway:github:Environment") return undefined;
    const repository = parent?.split("::").at(-1) ?? "";
    return { system: repository, kind: "environment", name: name.replace(`${repository}-environment-`, "") };
  }

  return placeOf;
}

/** One line for people. */
export function placeText({ kind, name, system }: Place): string {
  if (kind === "environment") return `environment ${name} of ${system ?? "?"}`;
  return `${kind} ${name}`;
}

/** Equal for equal places. */
export function placeKey({ kind, name, system = "" }: Place): string {
  return JSON.stringify([system, kind, name]);
}

function stackOf(urn: string): string {
  return /^urn:pulumi:(.*?)::/.exec(urn)?.[1] ?? "";
}

const KINDS: Readonly<Record<string, string>> = { "github:index": "GitHub", "random:index": "random" };

/** A resource's kind in few words: `Deployment`, `RepositoryRuleset`, `Traffic`. */
export function kindText(type: string): string {
  const [provider = "", module = "", name = ""] = type.split(":");
  const short = name.split("/").at(-1) ?? name;
  const of = KINDS[`${provider}:${module.split("/")[0] ?? ""}`];
  return of === undefined || short.startsWith("Repository") || short.startsWith("Random") ? short : `${of} ${short}`;
}
