import type { Repository, RepositoryService } from "./family.ts";

/** An option that does not fit what the stack has; the settings report it with the family's other problems. */
export class OptionProblem extends Error {
  /** Below the family's key: `["service"]`. */
  readonly at: readonly string[];
  /** Lower case, no final period. */
  readonly wrong: string;
  readonly todo: string;

  constructor(at: readonly string[], wrong: string, todo: string) {
    super(`${at.join(".")}: ${wrong}; ${todo}`);
    this.at = at;
    this.wrong = wrong;
    this.todo = todo;
  }
}

/** The service of that name; without a name, the only one that is built from the repository. */
export function serviceOf({ services }: Repository, name: string | undefined): RepositoryService & { name: string } {
  const names = Object.keys(services);
  const [only, ...others] = names;
  const chosen = name ?? (others.length === 0 ? only : undefined);
  const service = chosen === undefined ? undefined : services[chosen];
  if (chosen !== undefined && service !== undefined) return { name: chosen, ...service };
  const wrong = chosen === undefined ? `names no service, and ${names.length} are built from this repository` : `names ${chosen}, which is not built from this repository`;
  throw new OptionProblem(["service"], wrong, names.length === 0 ? "declare a service with this repository" : `write one of ${names.join(", ")}`);
}
