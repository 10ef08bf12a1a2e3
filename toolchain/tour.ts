import type { ServiceSummary, System } from "./systems.ts";

const INDENT = "  ";

/** Rows of two columns; a row without a value is left out. */
function columns(rows: [label: string, value: string][], indent: string): string[] {
  const told = rows.filter(([, value]) => value !== "");
  const width = Math.max(0, ...told.map(([label]) => label.length));
  return told.map(([label, value]) => `${indent}${label.padEnd(width)}  ${value}`);
}

function serviceLines(name: string, service: ServiceSummary): string[] {
  const revisions = service.revisions.map((each) => `${each.id} ${each.weight} %`).join(", ");
  const rows: [string, string][] = [
    ["namespace", service.namespace],
    ["hosts", service.hosts.join(", ")],
    ["image", service.image],
    ["revisions", revisions],
    ["stage", service.stage],
    ["dashboard", service.dashboard],
  ];
  return [`${INDENT}service ${name}`, ...columns(rows, INDENT.repeat(2))];
}

function systemLines(name: string, system: System): string[] {
  const environments = columns(system.environments.map((each) => [each.name, each.approvals === "" ? "no approval" : each.approvals]), INDENT.repeat(2));
  return [
    name,
    ...columns([["repository", system.repository]], INDENT),
    ...(environments.length === 0 ? [] : [`${INDENT}environments and their approvals`, ...environments]),
    ...Object.entries(system.services).flatMap(([service, summary]) => serviceLines(service, summary)),
    "",
  ];
}

/** What a newcomer sees after `npm start`: what exists, where to look, what to try next. `cloud` is as they would type it. */
export function tour(systems: Record<string, System>, cloud: string): string {
  const all = Object.entries(systems).sort(([one], [other]) => one.localeCompare(other, "en"));
  if (all.length === 0) return "the stack is up and declares no system; add a repository under slipway:repositories in Pulumi.sandbox.yaml\n";
  const repository = all.find(([, system]) => system.repository !== "")?.[1].repository;
  const document = repository === undefined ? "a document there" : `${cloud}/github/${repository}/repository.yaml`;
  const look: [string, string][] = [
    [`${cloud}/github/`, "repositories, rulesets, environments, secrets (sealed)"],
    [`${cloud}/kubernetes/`, "workloads, traffic splits, dashboards"],
  ];
  return [
    "",
    `${all.length} ${all.length === 1 ? "system is" : "systems are"} up:`,
    "",
    ...all.flatMap(([name, system]) => systemLines(name, system)),
    "where to look",
    ...columns(look, INDENT),
    "",
    "what to try next",
    `${INDENT}edit ${document}, then`,
    `${INDENT}npm run slipway -- sandbox preview --refresh   shows the drift`,
    `${INDENT}npm run slipway -- sandbox up --refresh        puts it back`,
    `${INDENT}change an image in Pulumi.sandbox.yaml, then npm start: a new revision starts beside the stable one`,
    `${INDENT}npm run slipway -- doctor                      says what this machine has`,
    "",
  ].join("\n");
}
