/** A secret that an adoption asks people for. */
export interface Needed {
  key: string;
  path: string;
}

interface Resource {
  type: string;
  inputs?: Record<string, unknown>;
}

/** A state in plain text, and the same without any resource. */
export interface PlainState {
  resources: Resource[];
  emptied: string;
}

const SECRET = "4dabf18193072939515e22adb298388d";

export function plainState(text: string): PlainState {
  const exported: { deployment: { resources: unknown[] } } = JSON.parse(text.slice(text.indexOf("{")), (_, value: unknown) => revealed(value));
  const emptied = JSON.stringify({ ...exported, deployment: { ...exported.deployment, resources: [] } });
  return { resources: exported.deployment.resources.filter(isResource), emptied };
}

function isResource(value: unknown): value is Resource {
  return typeof value === "object" && value !== null && "type" in value;
}

function revealed(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(SECRET in value) || !("plaintext" in value)) return value;
  return JSON.parse(String(value.plaintext));
}

/** What people would give: the values that the emptied state held, by config key. @throws Error for a path that nothing was made from */
export function adoptedValues(needed: readonly Needed[], { resources }: PlainState): Record<string, string> {
  return Object.fromEntries(needed.map(({ key, path }) => [key, key === "fingerprintKey" ? "f".repeat(40) : valueOf(path, resources)]));
}

function valueOf(path: string, resources: readonly Resource[]): string {
  const [section, name = "", ...rest] = path.split(".");
  const last = rest.at(-1) ?? "";
  const value = resources.map(({ inputs = {}, type }) => {
    const kind = type.slice(type.lastIndexOf(":") + 1);
    if (section === "repositories") return inputs["repository"] === name ? ofRepository(kind, inputs, rest) : undefined;
    const metadata = part(inputs, "metadata");
    const labels = part(metadata, "labels");
    const data = part(inputs, "data");
    if (kind !== "Secret") return undefined;
    if (section === "services") return part(labels, "app") === name ? decoded(part(data, last)) : undefined;
    return part(metadata, "namespace") === name && part(metadata, "name") === "slipway-alerts" ? decoded(part(data, `${rest[2] ?? ""}-${last}`)) : undefined;
  }).find((each) => each !== undefined);
  if (value === undefined) throw new Error(`${path}: no resource of the state holds it, got ${resources.length} resources; look at what adopt asks for`);
  return value;
}

function ofRepository(kind: string, inputs: Record<string, unknown>, rest: readonly string[]): string | undefined {
  const last = rest.at(-1) ?? "";
  if (rest[0] === "webhooks") return kind === "RepositoryWebhook" ? text(part(inputs["configuration"], "secret")) : undefined;
  if (inputs["secretName"] !== last) return undefined;
  if (rest[0] === "environments") return kind === "ActionsEnvironmentSecret" && inputs["environment"] === rest[1] ? text(inputs["value"]) : undefined;
  return kind === "ActionsSecret" ? text(inputs["value"]) : undefined;
}

function part(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Object.entries(value).find(([each]) => each === key)?.[1] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function decoded(value: unknown): string | undefined {
  return typeof value === "string" ? Buffer.from(value, "base64").toString("utf8") : undefined;
}
