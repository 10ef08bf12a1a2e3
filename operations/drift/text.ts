import { coverage, headline } from "./report.ts";
import type { DriftReport } from "./report.ts";
import type { Finding, Severity } from "./types.ts";
import { contrast, plain } from "./value-text.ts";

const COLOURS: Record<Severity, string> = { hostile: "\x1b[31m", risky: "\x1b[33m", benign: "\x1b[36m" };
const WIDTH = 100;

/** The report for a terminal; colours only where `colour` says that it is one. */
export function reportText(report: DriftReport, colour: boolean): string {
  const blocks = report.findings.map((finding) => findingText(finding, colour));
  const expiring = report.ignored.map(({ what, field, reason }) => `  ${what}${field === undefined ? "" : ` ${field}`}: ${reason}`);
  const ignored = expiring.length === 0 ? [] : [["ignored:", ...expiring].map(plain).join("\n")];
  return [...blocks, ...ignored, `stack ${report.stack}: ${headline(report)}\n${coverage(report, true)}`].join("\n\n");
}

function findingText(finding: Finding, colour: boolean): string {
  const { severity, what, field, because, where, since, next, expired } = finding;
  const mark = colour ? `${COLOURS[severity]}${severity}\x1b[0m` : severity;
  const rows: [string, string][] = [
    ["why", because],
    ...values(finding),
    ...(since === undefined ? [] : [["since", since] satisfies [string, string]]),
    ...(expired === undefined ? [] : [["over", expired] satisfies [string, string]]),
    ["where", where],
    ["reconcile", next.reconcile],
    ["or adopt", "yaml" in next.adopt ? `\n${indented(next.adopt.yaml, 6)}` : next.adopt.none],
    ["or ignore", next.ignore],
  ];
  const lines = rows.map(([name, value]) => `  ${name.padEnd(10)}${value.startsWith("\n") ? `\n${value.slice(1).split("\n").map(plain).join("\n")}` : plain(value)}`);
  return [`${mark}  ${plain(what)}${field === undefined ? "" : `  ${plain(field)}`}  ${changeText(finding)}`, ...lines].join("\n");
}

function values({ change, declared, live }: Finding): [string, string][] {
  if (change === "missing" || (change === "unmanaged" && live === undefined)) return [];
  const [old, fresh] = contrast(declared, live, WIDTH);
  return [["declared", old], ["live", fresh]];
}

/** How a finding differs, in words. */
export function changeText({ change, seenBy }: Pick<Finding, "change" | "seenBy">): string {
  const hidden = seenBy === "github" ? ", which a refresh does not show" : "";
  switch (change) {
    case "missing":
      return `is gone${hidden}`;
    case "unmanaged":
      return "exists, and nobody declared it";
    case "added":
      return `was added${hidden}`;
    case "removed":
      return `was removed${hidden}`;
    case "changed":
      return `was changed${hidden}`;
    default:
      return change satisfies never;
  }
}

export function indented(text: string, by: number): string {
  return text.trimEnd().split("\n").map((line) => `${" ".repeat(by)}${line}`).join("\n");
}
