/** One resource or component of a stack, as a program without any logic would register it. */
export interface Registered {
  type: string;
  /** Unique in the list: two components may use one name for children of their own. */
  name: string;
  /** Absent for a component. */
  inputs?: Record<string, unknown>;
  /** Inputs that hold a secret. */
  secrets: string[];
  /** Places in the list of what it waits for. */
  dependencies: number[];
}

interface Exported {
  deployment: { resources: { urn: string; type: string; custom: boolean; inputs?: Record<string, unknown>; dependencies?: string[] }[] };
}

/** What Pulumi writes in the place of a secret value; its text is the JSON of the value when the export shows secrets. */
const SECRET_KEY = "4dabf18193072939515e22adb298388d";

/** Reads `pulumi stack export --show-secrets`. */
export function registeredOf(text: string): Registered[] {
  const exported: Exported = JSON.parse(text);
  const resources = exported.deployment.resources.filter(({ type }) => !type.startsWith("pulumi:"));
  const places = new Map(resources.map(({ urn }, index) => [urn, index]));
  return resources.map(({ urn, type, custom, inputs = {}, dependencies = [] }) => {
    const values = Object.entries(inputs).map(([key, value]) => ({ key, ...revealed(value) }));
    return {
      type,
      name: urn.slice(urn.lastIndexOf("::") + 2),
      ...(custom && { inputs: Object.fromEntries(values.filter(({ key }) => key !== "__defaults").map(({ key, value }) => [key, value])) }),
      secrets: values.flatMap(({ key, secret }) => (secret ? [key] : [])),
      dependencies: dependencies.flatMap((dependency) => places.get(dependency) ?? []),
    };
  });
}

/** The value without its marks of secrecy, at any depth. */
function revealed(value: unknown): { value: unknown; secret: boolean } {
  if (typeof value !== "object" || value === null) return { value, secret: false };
  if (Array.isArray(value)) {
    const items = value.map(revealed);
    return { value: items.map((item) => item.value), secret: items.some(({ secret }) => secret) };
  }
  if (SECRET_KEY in value && "plaintext" in value) return { value: JSON.parse(String(value.plaintext)), secret: true };
  const fields = Object.entries(value).map(([key, of]) => ({ key, ...revealed(of) }));
  return { value: Object.fromEntries(fields.map((field) => [field.key, field.value])), secret: fields.some(({ secret }) => secret) };
}
