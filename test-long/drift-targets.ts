import { parse } from "yaml";

export type Path = (string | number)[];

/** One document of the cloud, whose fields a person changes behind the stack's back. */
export interface Target {
  /** Path of the document within the cloud. */
  file: string;
  urn: string;
  type: string;
  /** Fields that the stack declares and that the document shows. */
  fields: Path[];
}

const SECRET = "4dabf18193072939515e22adb298388d";

/** One document of each type of resource: the one that shows the most fields beside those of its identity, which would make it another. */
export function targetsOf(documents: Iterable<[file: string, text: string]>, exported: string, identity: ReadonlySet<string>): Target[] {
  const { deployment }: { deployment: { resources: { urn: string; inputs?: unknown }[] } } = JSON.parse(exported.slice(exported.indexOf("{")));
  const inputs = new Map(deployment.resources.map((resource) => [resource.urn, resource.inputs]));
  const best = new Map<string, Target>();
  for (const [file, text] of documents) {
    const each = target(file, text, inputs, identity);
    if (each.fields.length > (best.get(each.type)?.fields.length ?? -1)) best.set(each.type, each);
  }
  return [...best.values()];
}

function target(file: string, text: string, inputs: Map<string, unknown>, identity: ReadonlySet<string>): Target {
  const urn = /^# made by (\S+)$/m.exec(text)?.[1] ?? "";
  const body: unknown = parse(text);
  const fields = leaves(inputs.get(urn)).filter((path) => has(body, path) && !identity.has(path.join(".")));
  return { file, urn, type: urn.split("::")[2]?.split("$").at(-1) ?? "", fields };
}

/** The path of each value in it, secrets left out. */
export function leaves(value: unknown, at: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...at, index]));
  if (typeof value !== "object" || value === null || SECRET in value) return at.length === 0 ? [] : [at];
  return Object.entries(value).filter(([key]) => key !== "__defaults").flatMap(([key, child]) => leaves(child, [...at, key]));
}

function has(body: unknown, path: Path): boolean {
  let value = body;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = Reflect.get(value, key);
  }
  return typeof value !== "object";
}
