/** The stack output `systems`, one entry a service. */
export interface System {
  repository: string;
  environments: { name: string; approvals: string }[];
  namespace: string;
  image: string;
  hosts: string[];
  revisions: { id: string; weight: number }[];
  stage: string;
  dashboard: string;
}

/** Reads `systems` out of `pulumi stack output --json`; an entry that is not of that shape is left out. */
export function readSystems(outputs: unknown): Record<string, System> {
  const systems = record(record(outputs)["systems"]);
  const found: Record<string, System> = {};
  for (const [name, value] of Object.entries(systems)) {
    const system = record(value);
    found[name] = {
      repository: text(system["repository"]),
      environments: list(system["environments"]).map((each) => ({ name: text(record(each)["name"]), approvals: text(record(each)["approvals"]) })),
      namespace: text(system["namespace"]),
      image: text(system["image"]),
      hosts: list(system["hosts"]).map(text),
      revisions: list(system["revisions"]).map((each) => ({ id: text(record(each)["id"]), weight: Number(record(each)["weight"]) })),
      stage: text(system["stage"]),
      dashboard: text(system["dashboard"]),
    };
  }
  return found;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function row(label: string, value: string): string[] {
  return value === "" ? [] : [`  ${label.padEnd(13)}${value}`];
}

function chapter(name: string, system: System): string[] {
  const environments = system.environments.map((each) => (each.approvals === "" ? each.name : `${each.name} (${each.approvals})`));
  const revisions = system.revisions.map((each) => `${each.id} ${each.weight} %`);
  return [
    name,
    ...row("repository", system.repository),
    ...row("environments", environments.join(", ")),
    ...row("service", [system.namespace, ...system.hosts].filter((each) => each !== "").join(" · ")),
    ...row("image", system.image),
    ...row("revisions", [revisions.join(", "), system.stage].filter((each) => each !== "").join(" · ")),
    ...row("dashboard", system.dashboard),
  ];
}

/** What a newcomer sees after `npm start`: what exists, where to look, what to try next. `cloud` is as they would type it. */
export function tour(systems: Record<string, System>, cloud: string): string {
  const names = Object.keys(systems).sort();
  if (names.length === 0) return "the stack is up and declares no service; add one under slipway:services in Pulumi.sandbox.yaml\n";
  const first = systems[names[0] ?? ""];
  const document = first === undefined || first.repository === "" ? `${cloud}/github` : `${cloud}/github/${first.repository}/repository.yaml`;
  return [
    "",
    `${names.length} ${names.length === 1 ? "system is" : "systems are"} up:`,
    "",
    ...names.flatMap((name) => [...chapter(name, systems[name] ?? EMPTY), ""]),
    "Where to look",
    `  ${cloud}/github/       repositories, rulesets, environments, secrets (sealed)`,
    `  ${cloud}/kubernetes/   workloads, traffic splits, dashboards`,
    "",
    "What to try next",
    `  edit ${document}, then`,
    "  npm run slipway -- sandbox preview --refresh   shows the drift",
    "  npm run slipway -- sandbox up --refresh        puts it back",
    "  change an image in Pulumi.sandbox.yaml and run npm start: a new revision starts beside the stable one",
    "  npm run slipway -- doctor                      says what this machine has",
    "",
  ].join("\n");
}

const EMPTY: System = { repository: "", environments: [], namespace: "", image: "", hosts: [], revisions: [], stage: "", dashboard: "" };
