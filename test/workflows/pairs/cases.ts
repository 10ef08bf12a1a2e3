import { pipelinesOf } from "../../../components/workflows/families.ts";
import { OptionProblem } from "../../../components/workflows/kit/index.ts";
import type { Pipeline, Repository } from "../../../components/workflows/kit/index.ts";
import { workflows } from "../../../settings/schema/workflows/index.ts";
import { repository } from "../repository.ts";
import { nodeOf, optionsOf } from "./options.ts";
import { allPairs, keysOf, pairwise } from "./pairwise.ts";
import type { Assignment, Factor } from "./pairwise.ts";

/** One document of a family and what it was made of. */
export interface Case {
  family: string;
  /** The options as a stack's settings would have them, as text. */
  options: string;
  repository: Repository;
  pipeline: Pipeline;
}

export interface Cases {
  family: string;
  cases: Case[];
  /** Pairs that are in no case, counted anew. */
  missing: string[];
  refused: { pair: string; reason: string }[];
  pairs: number;
}

/** How the service of the repository gets its traffic; with two services, an option must say which. */
const services = ["canary", "blue-green", "direct", "two services"] as const;
const names = ["production", "staging", "canary", "beta", "latest", "npm", "pypi", "testpypi", "github-pages", "performance"];

/** A repository that has whatever an option of the samples names. */
function rich(kind: (typeof services)[number]): Repository {
  const environments = names.map((name) => [name, { url: `https://${name}.shop.example.com`, reviewed: name === "production", waitMinutes: 0, approvals: "none" }]);
  const shop = { namespace: "shop", image: "ghcr.io/acme/shop", strategy: kind === "two services" ? "canary" : kind, stages: [10, 50, 100], host: "shop.example.com", healthPath: "/healthz" };
  return repository({ environments: Object.fromEntries(environments), services: { shop, ...(kind === "two services" && { checkout: { ...shop, image: "ghcr.io/acme/checkout" } }) } });
}

const nodes = nodeOf(workflows).properties ?? {};

export const families = Object.keys(nodes);

/** Documents of a family in which every pair of choices that its schema and its rules let stand together is to be found. */
export function casesOf(family: string): Cases {
  const { factors, make } = optionsOf(nodes[family] ?? {}, family);
  const known: Factor = { path: "services", levels: services, when: [] };
  const all = [...factors, known];
  const made = new Map<Assignment, Case>();
  const { rows, refused, pairs } = pairwise(all, (row) => {
    const options = make(row);
    const settings = workflows.safeParse({ [family]: options });
    if (!settings.success) return settings.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
    const repository = rich(services[row[factors.length] ?? 0] ?? "canary");
    try {
      const [[, pipeline] = []] = pipelinesOf(settings.data, repository);
      if (pipeline === undefined) throw new Error(`${family}: makes nothing`);
      made.set(row, { family, options: JSON.stringify(options), repository, pipeline });
      return undefined;
    } catch (error) {
      if (error instanceof OptionProblem) return error.message;
      throw new Error(`${family}: ${JSON.stringify(options)}`, { cause: error });
    }
  });
  const held = new Set(rows.flatMap(keysOf));
  const missing = [...allPairs(all).keys()].filter((pair) => !held.has(pair));
  return { family, missing, cases: rows.flatMap((row) => made.get(row) ?? []), refused, pairs };
}
