/** One service of a system, as the stack output `systems` has it. */
export interface ServiceSummary {
  namespace: string;
  /** With its digest. */
  image: string;
  hosts: string[];
  revisions: { id: string; weight: number }[];
  stage: string;
  dashboard: string;
}

/** A repository and what comes from it: one entry of the stack output `systems`. */
export interface System {
  /** `owner/name`. */
  repository: string;
  environments: { name: string; approvals: string }[];
  services: Record<string, ServiceSummary>;
}

/** Reads `systems` out of `pulumi stack output --json`. What has another shape becomes a blank, which the tour leaves out. */
export function readSystems(outputs: unknown): Record<string, System> {
  return mapped(record(outputs)["systems"], (system) => ({
    repository: text(system["repository"]),
    environments: list(system["environments"]).map((each) => ({ name: text(each["name"]), approvals: text(each["approvals"]) })),
    services: mapped(system["services"], (service) => ({
      namespace: text(service["namespace"]),
      image: text(service["image"]),
      hosts: Array.isArray(service["hosts"]) ? service["hosts"].map(text) : [],
      revisions: list(service["revisions"]).map((each) => ({ id: text(each["id"]), weight: Number(each["weight"]) })),
      stage: text(service["stage"]),
      dashboard: text(service["dashboard"]),
    })),
  }));
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function mapped<T>(value: unknown, read: (fields: Record<string, unknown>) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record(value)).map(([name, each]) => [name, read(record(each))]));
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
