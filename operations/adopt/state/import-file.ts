import * as z from "zod";

const resource = z.looseObject({
  type: z.string(),
  name: z.string(),
  id: z.string().optional(),
  parent: z.string().optional(),
  component: z.boolean().optional(),
  logicalName: z.string().optional(),
});
const file = z.looseObject({ nameTable: z.record(z.string(), z.string()).optional(), resources: z.array(resource).nullable().default([]) });

type Resource = z.infer<typeof resource>;

export interface FilledFile {
  /** What `pulumi import --file` takes. */
  text: string;
  /** How many resources it imports, components not counted. */
  imported: number;
}

/**
 * Fills the ids into the file that `pulumi preview --import-file` wrote, and leaves out what has none: it is not there, and the first
 * update makes it. `idOf` is asked by what of a URN is the same in every stack, `<types of its parents>$<type>::<name>`.
 */
export function filledFile(text: string, idOf: (key: string) => string | undefined): FilledFile {
  const { resources, ...rest } = file.parse(JSON.parse(text));
  const all = resources ?? [];
  const byName = new Map(all.map((each) => [each.name, each]));
  const outside = rest.nameTable ?? {};
  const ids = new Map(all.map((each) => [each.name, each.component === true ? undefined : idOf(keyOf(each, byName, outside))]));
  const kept = keptNames(all, ids);
  const filled = all.filter(({ name }) => kept.has(name)).map((each) => ({ ...each, ...(each.component === true ? {} : { id: ids.get(each.name) }) }));
  return { text: JSON.stringify({ ...rest, resources: filled }, undefined, 2), imported: filled.filter(({ component }) => component !== true).length };
}

function keyOf(of: Resource, byName: ReadonlyMap<string, Resource>, outside: Readonly<Record<string, string>>): string {
  return `${typeOf(of, byName, outside)}::${of.logicalName ?? of.name}`;
}

function typeOf({ parent, type }: Resource, byName: ReadonlyMap<string, Resource>, outside: Readonly<Record<string, string>>): string {
  if (parent === undefined) return type;
  const within = byName.get(parent);
  if (within !== undefined) return `${typeOf(within, byName, outside)}$${type}`;
  const above = outside[parent]?.split("::")[2];
  return above === undefined || above === "pulumi:pulumi:Stack" ? type : `${above}$${type}`;
}

/** Resources with an id, the components above them, and components of these that hold no resource at all. */
function keptNames(all: readonly Resource[], ids: ReadonlyMap<string, string | undefined>): Set<string> {
  const kept = new Set<string>();
  const parents = new Map(all.map(({ name, parent }) => [name, parent]));
  const lineage = (name: string): string[] => { const parent = parents.get(name); return parent === undefined ? [name] : [name, ...lineage(parent)]; };
  const holding = new Set(all.filter(({ component }) => component !== true).flatMap(({ name }) => lineage(name)));
  for (const { name } of all) if (ids.get(name) !== undefined) for (const each of lineage(name)) kept.add(each);
  for (const { component, name, parent } of all) if (component === true && !holding.has(name) && parent !== undefined && kept.has(parent)) kept.add(name);
  return kept;
}
