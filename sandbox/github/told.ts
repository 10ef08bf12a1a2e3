import type { Document } from "../document.ts";
import type { Documents } from "../documents.ts";
import type { Properties } from "../values.ts";

const FIRST_COMMIT = new Set(["autoInit", "gitignoreTemplate", "licenseTemplate"]);

/** All labels of a repository as one, where each was made by itself. */
export function allLabels(documents: Documents, path: string): Document | undefined {
  const labels = documents.list(path);
  const [first] = labels;
  if (first === undefined) return undefined;
  const { created, updated, body: { repository = "" } } = first;
  return { body: { repository, labels: labels.map(({ body: { repository: _, ...label } }) => label) }, secrets: [], created, updated };
}

/** What GitHub tells of a repository: not what its first commit was made of, unless the program said so itself. */
export function toldOf(body: Properties, olds: Properties): Properties {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !FIRST_COMMIT.has(key) || olds[key] !== undefined));
}
