import * as z from "zod";
import type { IssueNotify } from "../../../components/delivery/notify-settings.ts";
import { isTrusted } from "../../github/ours.ts";
import { github, runUrl } from "./github.ts";
import type { GitHub } from "./github.ts";
import { issueBody, issueTitle, markerOf, rowsOf } from "./issue-body.ts";
import { isProblem } from "./types.ts";
import type { Environment, Notify } from "./types.ts";

const issue = z.object({
  number: z.int(),
  body: z.string().nullish(),
  pull_request: z.unknown().optional(),
  author_association: z.string().optional(),
  user: z.object({ type: z.string().optional() }).nullish(),
});
const PAGE = 100;
const MOST_PAGES = 50;

/** What one driver knows of the issue. */
interface Known {
  number: number;
  /** Lines of the history that drivers before this one wrote. */
  earlier: readonly string[];
}

/** Keeps one issue a rollout in the service's repository. A rollout that went back leaves it open: people close it. */
export function issueNotifier({ labels, token, when }: IssueNotify, environment: Environment): Notify {
  let known: Known | "none" | undefined;
  let verdict: string | undefined;
  return async (event, { signal, story, subject }) => {
    const { revision } = story;
    if (revision === undefined) return;
    if (event.event === "gate" && (typeof known !== "object" || event.verdict === verdict)) return;
    const opens = isProblem(event) || (when === "always" && event.event !== "done" && event.event !== "gate");
    if (known === "none" && !opens) return;
    const api = github({ environment, token, permission: "issues: write", repository: subject.repository, signal });
    const found = known === "none" || known === undefined ? await findIssue(api, markerOf(subject, revision)) : known;
    known = undefined; // until it is written: a try that fails looks again, and so never opens two
    if (found === undefined && !opens) {
      known = "none";
      return;
    }
    const earlier = found?.earlier ?? [];
    const written = { title: issueTitle(event, { story, subject }), body: issueBody(event, { story, subject }, { earlier, run: runUrl(environment) }) };
    const closed = event.event === "done" ? { state: "closed", state_reason: "completed" } : {};
    const { number } = found === undefined
      ? await api.ask(issue, "POST", "/issues", { ...written, labels })
      : await api.ask(issue, "PATCH", `/issues/${found.number}`, { ...written, ...closed });
    known = { number, earlier };
    verdict = story.gate?.verdict;
  };
}

/** Among the open ones. A marker in the issue of somebody who may not write to the repository is not ours. */
async function findIssue(api: GitHub, marker: string): Promise<Known | undefined> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const issues = await api.ask(z.array(issue), "GET", `/issues?state=open&per_page=${PAGE}&page=${page}`);
    const found = issues.find((each) => each.pull_request === undefined && each.body?.startsWith(marker) === true && isTrusted(each));
    if (found !== undefined) return { number: found.number, earlier: rowsOf(found.body ?? "") };
    if (issues.length < PAGE) return undefined;
  }
  return undefined;
}
