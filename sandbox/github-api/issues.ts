import type { Found } from "../documents.ts";
import type { Properties } from "../values.ts";
import { invalid, notFound } from "./answer.ts";
import { texts } from "./case.ts";
import { numberIn } from "./cloud.ts";
import type { Cloud, Place } from "./cloud.ts";
import { labelOf, labelsOf } from "./labels.ts";
import { nodeId, user } from "./shapes.ts";

export type Home = Place & { folder: string };

/** Numbers from here on are those that the sandbox gives to what a program makes. */
const DRAWN = 100_000_000;

/** GitHub's limit of what a person writes. */
const LONGEST = 65_536;

export function issuesOf(cloud: Cloud, { folder }: Home): Found[] {
  return cloud.list(`${folder}/issues`);
}

export function pullsOf(cloud: Cloud, { folder }: Home): Found[] {
  return cloud.list(`${folder}/pull-requests`);
}

function isPull(found: Found): boolean {
  return found.path.includes("/pull-requests/");
}

/** To GitHub a pull request is an issue too. @throws Refusal 404 */
export function issueOf(cloud: Cloud, home: Home, number: string | undefined): Found {
  const found = [...issuesOf(cloud, home), ...pullsOf(cloud, home)].find((each) => String(numberIn(each)) === number);
  if (found === undefined) throw notFound();
  return found;
}

/** Issues and pull requests of a repository are numbered together. */
export function nextNumber(cloud: Cloud, home: Home): number {
  return 1 + Math.max(0, ...[...issuesOf(cloud, home), ...pullsOf(cloud, home)].map(numberIn).filter((number) => number < DRAWN));
}

export function writeIssue(cloud: Cloud, found: Found, more: Properties): Found {
  return cloud.put(found.path, { ...found.body, ...more });
}

/** A text that GitHub takes. @throws Refusal 422 */
export function within(resource: string, text: string): string {
  if (text.length > LONGEST) throw invalid(resource, "body", "custom", `body is too long (maximum is ${LONGEST} characters)`);
  return text;
}

export function commentsOf(cloud: Cloud, { folder }: Home, number: number): Found[] {
  return cloud.list(`${folder}/issue-comments/${number}`).sort((a, b) => numberIn(a) - numberIn(b));
}

export function toldIssue(cloud: Cloud, home: Home, found: Found): Properties {
  const { body } = found;
  const { owner, repo } = home;
  const number = numberIn(found);
  const url = `https://api.github.com/repos/${owner}/${repo}/issues/${number}`;
  const html = `https://github.com/${owner}/${repo}/${isPull(found) ? "pull" : "issues"}/${number}`;
  const known = labelsOf(cloud, home);
  const assignees = texts(body["assignees"]).map(user);
  const state = String(body["state"] ?? "open");
  return {
    id: DRAWN + number, node_id: nodeId(url), url, repository_url: `https://api.github.com/repos/${owner}/${repo}`, labels_url: `${url}/labels{/name}`, comments_url: `${url}/comments`, events_url: `${url}/events`,
    html_url: html, number, state, state_reason: state === "open" ? null : String(body["stateReason"] ?? "completed"), title: String(body["title"]), body: typeof body["body"] === "string" ? body["body"] : null,
    user: user(String(body["author"] ?? owner)), labels: texts(body["labels"]).map((name) => labelOf(owner, repo, known.find((each) => each["name"] === name) ?? { name })),
    assignee: assignees[0] ?? null, assignees, milestone: null, locked: false, comments: commentsOf(cloud, home, number).length, created_at: found.created, updated_at: found.updated,
    closed_at: typeof body["closedAt"] === "string" ? body["closedAt"] : null, author_association: "MEMBER",
    ...(isPull(found) ? { pull_request: { url: url.replace("/issues/", "/pulls/"), html_url: html, diff_url: `${html}.diff`, patch_url: `${html}.patch`, merged_at: null } } : {}),
  };
}
