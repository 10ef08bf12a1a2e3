import * as z from "zod";
import { Problem } from "../../toolchain/problem.ts";
import type { GitHubClient } from "../github/client.ts";
import { isSameBody, isTrusted } from "../github/ours.ts";
import { commented } from "../rollout/notify/escape.ts";
import { reportMarkdown } from "./markdown.ts";
import { headline } from "./report.ts";
import type { DriftReport } from "./report.ts";

const issue = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string().nullish(),
  html_url: z.string(),
  pull_request: z.unknown().optional(),
  author_association: z.string().optional(),
  user: z.object({ type: z.string().optional() }).nullish(),
});
type Issue = z.infer<typeof issue>;

/** What became of the stack's issue. */
export type Told = "opened" | "updated" | "closed" | "unchanged" | "none";

/** Keeps one issue a stack: opened with the first finding, updated, closed with the last one. @throws Problem where `place` is no repository */
export async function keepIssue(client: GitHubClient, place: string, report: DriftReport): Promise<{ told: Told; address?: string }> {
  const [, owner = "", repo = ""] = /^([A-Za-z0-9_.-]+)\/([A-Za-z0-9_.-]+)$/.exec(place) ?? [];
  if (owner === "") throw new Problem(`--issue: is no repository of GitHub, got ${JSON.stringify(place)}; write owner/name`);
  const at = { owner, repo };
  const marker = markerOf(report.stack);
  const open = z.array(issue).parse(await client.paginate("GET /repos/{owner}/{repo}/issues", { ...at, state: "open", sort: "created", direction: "asc", per_page: 100 }));
  // Another run may have opened one at the same time: the oldest stays, the others close.
  const [known, ...others] = open.filter((each) => isOurs(each, marker));
  for (const { number } of others) await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", { ...at, issue_number: number, state: "closed", state_reason: "not_planned" });
  const title = `Drift of stack ${report.stack}: ${headline(report)}`;
  const body = `${marker}\n${reportMarkdown(report)}`;
  if (known === undefined) {
    if (report.findings.length === 0) return { told: "none" };
    const { data } = await client.request("POST /repos/{owner}/{repo}/issues", { ...at, title, body });
    return { told: "opened", address: data.html_url };
  }
  const address = known.html_url;
  if (report.findings.length > 0 && known.title === title && isSameBody(known.body, body)) return { told: "unchanged", address };
  const state = report.findings.length === 0 ? { state: "closed" as const, state_reason: "completed" as const } : {};
  await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", { ...at, issue_number: known.number, title, body, ...state });
  return { told: report.findings.length === 0 ? "closed" : "updated", address };
}

/** Nobody sees it; it finds the issue again whatever its title became. */
export function markerOf(stack: string): string {
  return commented(`slipway:drift:${stack}`);
}

function isOurs(issue: Issue, marker: string): boolean {
  return issue.pull_request === undefined && (issue.body ?? "").startsWith(marker) && isTrusted(issue);
}
