import { folded, name } from "../preview/markdown.ts";
import { code, plain } from "../rollout/notify/escape.ts";
import { coverage, headline } from "./report.ts";
import type { DriftReport } from "./report.ts";
import { changeText } from "./text.ts";
import { SEVERITIES } from "./types.ts";
import type { Finding } from "./types.ts";
import { contrast } from "./value-text.ts";

/** GitHub takes 65,536 characters; some of them count twice. */
export const LONGEST_BODY = 60_000;

const WIDTH = 160;

/** The report as GitHub shows it; what does not fit into `longest` characters is counted instead of shown. */
export function reportMarkdown(report: DriftReport, longest: number = LONGEST_BODY): string {
  const head = `**Stack ${name(report.stack)}: ${headline(report)}**\n\n${plain(coverage(report, false))}.`;
  const tail = ignoredText(report, longest / 4);
  let room = longest - head.length - tail.length - 500;
  const parts: string[] = [];
  let left = report.findings.length;
  for (const severity of SEVERITIES) {
    for (const [place, finding] of report.findings.filter((each) => each.severity === severity).entries()) {
      const text = `${place === 0 ? `\n### ${severity}\n\n` : ""}${findingMarkdown(finding)}`;
      if (text.length > room) continue;
      parts.push(text);
      room -= text.length + 1;
      left--;
    }
  }
  const more = left === 0 ? "" : `\n${left} more do not fit here: ${name(`npm run slipway -- drift --stack ${report.stack}`)} shows all of them.`;
  return `${[head, ...parts, more, tail].filter((part) => part !== "").join("\n")}\n`;
}

function findingMarkdown(finding: Finding): string {
  const { what, field, because, since, where, expired, next, change } = finding;
  const [declared, live] = contrast(finding.declared, finding.live, WIDTH);
  const values = change === "missing" || (change === "unmanaged" && finding.live === undefined) ? [] : [`  - declared ${name(declared)}, live ${name(live)}`];
  const adopt = "yaml" in next.adopt ? `adopt it, as the stack's file would say it:\n\n${code(next.adopt.yaml, "yaml")}` : `adopt: ${plain(next.adopt.none)}`;
  return [
    `- ${name(what)}${field === undefined ? "" : ` ${name(field)}`} ${changeText(finding)}: ${plain(because)}`,
    ...values,
    `  - ${since === undefined ? "" : `since ${name(since)}, `}at ${/^https?:\/\/[\w./%:-]+$/.test(where) ? `<${where}>` : name(where)}`,
    ...(expired === undefined ? [] : [`  - ${plain(expired)}`]),
    `  - reconcile: ${name(next.reconcile)}`,
    indented(folded("or adopt it, or ignore it for a while", `${adopt}\n\nignore it for a while:\n\n${code(next.ignore, "yaml")}`)),
  ].join("\n");
}

function ignoredText({ ignored }: DriftReport, longest: number): string {
  if (ignored.length === 0) return "";
  const lines = ignored.map(({ what, field, reason }) => `- ${name(what)}${field === undefined ? "" : ` ${name(field)}`}: ${plain(reason)}`);
  const text = `\n${folded(`${ignored.length} ignored by the settings`, lines.join("\n"))}`;
  return text.length <= longest ? text : `\n${ignored.length} ignored by the settings`;
}

function indented(text: string): string {
  return text.split("\n").map((line) => (line === "" ? "" : `  ${line}`)).join("\n");
}
