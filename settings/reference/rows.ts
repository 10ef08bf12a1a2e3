import { isSchema, typeText } from "./types.ts";
import type { Schema } from "./stack-schema.ts";

/** One line of a table of settings. */
export interface Row {
  /** Dotted, with `<name>` for a key that people choose and `[]` for an item of a list. */
  key: string;
  type: string;
  /** JSON, `required`, or empty where the meaning says what absence does. */
  absent: string;
  meaning: string;
}

/** The settings inside a schema, depth first, in the order in which they are declared. */
export function rowsOf(schema: Schema, key: string): Row[] {
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches !== undefined) return rowsOfUnion(branches.filter(isSchema), key);
  if (schema.properties !== undefined) return rowsOfObject(schema, key, []);
  if (isSchema(schema.additionalProperties)) return rowsOf(schema.additionalProperties, join(key, `<${placeholder(key)}>`));
  if (isSchema(schema.items)) return rowsOf(schema.items, `${key}[]`);
  return [];
}

function rowsOfObject(schema: Schema, key: string, leftOut: readonly string[]): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (!isSchema(property) || leftOut.includes(name)) return [];
    return [row(property, join(key, name), schema.required?.includes(name) ?? false), ...rowsOf(property, join(key, name))];
  });
}

function row(property: Schema, key: string, required: boolean): Row {
  const absent = required ? "required" : property.default === undefined ? "" : code(property.default);
  return { key, type: typeText(property), absent, meaning: property.description ?? "" };
}

function rowsOfUnion(branches: readonly Schema[], key: string): Row[] {
  const discriminator = discriminatorOf(branches);
  if (discriminator === undefined) return branches.flatMap((branch) => rowsOf(branch, key));
  return [
    ...branches.flatMap((branch) => rowsOfObject(branch, key, namesBut(branch, [discriminator]))),
    ...branches.slice(0, 1).flatMap((branch) => rowsOfObject(branch, key, [discriminator, ...namesBut(branch, sharedNames(branches))])),
    ...merged(branches.map((branch) => own(branch, branches, key, discriminator))),
  ];
}

/** What a branch has to itself, and the choice that it goes with; the branch of a default choice needs no such word. */
function own(branch: Schema, branches: readonly Schema[], key: string, discriminator: string): { when: string; rows: Row[] } {
  const choice = branch.properties?.[discriminator];
  const given = branch.required?.includes(discriminator) ?? false;
  const when = given && isSchema(choice) ? `${discriminator}: ${typeText(choice)}` : "";
  return { when, rows: rowsOfObject(branch, key, [discriminator, ...sharedNames(branches)]) };
}

/** One line for a setting that several branches explain alike. */
function merged(branches: readonly { when: string; rows: readonly Row[] }[]): Row[] {
  const lines = new Map<string, { line: Row; whens: string[] }>();
  for (const { when, rows } of branches) {
    for (const line of rows) {
      const id = JSON.stringify(line);
      lines.set(id, { line, whens: [...(lines.get(id)?.whens ?? []), ...(when === "" ? [] : [when])] });
    }
  }
  return [...lines.values()].map(({ line, whens }) => (whens.length === 0 ? line : { ...line, meaning: `(with ${whens.join(" or ")}) ${line.meaning}` }));
}

function namesBut({ properties = {} }: Schema, kept: readonly string[]): string[] {
  return Object.keys(properties).filter((name) => !kept.includes(name));
}

function sharedNames([first, ...others]: readonly Schema[]): string[] {
  if (others.length === 0) return [];
  const same = (name: string): boolean => others.every(({ properties }) => JSON.stringify(properties?.[name]) === JSON.stringify(first?.properties?.[name]));
  return Object.keys(first?.properties ?? {}).filter(same);
}

/** The property that is a constant or a choice of constants in every branch. */
function discriminatorOf(branches: readonly Schema[]): string | undefined {
  return Object.keys(branches[0]?.properties ?? {}).find((name) =>
    branches.every(({ properties }) => {
      const property = properties?.[name];
      return isSchema(property) && (property.const !== undefined || property.enum !== undefined);
    }),
  );
}

function join(key: string, name: string): string {
  return key === "" ? name : `${key}.${name}`;
}

function placeholder(key: string): string {
  return /(path|content|files)$/.test(key) ? "path" : "name";
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}
