import { afterEach, expect, test } from "@jest/globals";
import { markerOf, partOf } from "../../../operations/preview/parts.ts";
import { teller } from "../../../operations/preview/tell.ts";
import { closeGitHubs, openGitHub } from "../../sandbox/github-api/open.ts";
import { IN_ENVIRONMENT } from "./engine.ts";
import type { Made } from "./engine.ts";
import { summaryOf } from "./summaries.ts";

afterEach(closeGitHubs);

const HOSTILE = "`</code>` @octocat #1 <img> 😀\n```";

/** Environments that administrators may go past, with names of somebody who means harm. */
function weaker(count: number): Made[] {
  return Array.from({ length: count }, (_, at) => ({ op: "update", type: "github:index/repositoryEnvironment:RepositoryEnvironment", name: `${HOSTILE}${at}`, parent: IN_ENVIRONMENT, old: { canAdminsBypass: false, note: "a" }, new: { note: HOSTILE.repeat(5) } }));
}

test("GitHub takes it all, as its description has it: comments of a large change, of a small one after it, and their checks", async () => {
  const { api, ask, clock } = await openGitHub();
  await ask("POST issues", { title: "Change" });
  for (let each = 0; each < 120; each += 1) {
    clock.now += 1_000; // GitHub takes 80 a minute
    await ask("POST issues/1/comments", { body: `Talk ${each}` });
  }
  clock.now += 60_000;
  const tell = teller({ comment: true, check: true, repository: "acme/shop", pullRequest: "1", commit: "c".repeat(40) }, { GITHUB_API_URL: api.url, GITHUB_TOKEN: api.token });
  const parts = async (): Promise<(number | undefined)[]> => {
    const { body } = await ask("GET issues/1/comments?per_page=100&page=2");
    return Array.isArray(body) ? body.map((comment) => partOf(String(Object(comment).body), "staging")).filter((part) => part !== undefined) : [];
  };

  await tell(summaryOf(weaker(2_000)));
  expect(await parts()).toEqual([1, 2, 3, 4]);
  const first = await ask("GET issues/1/comments?per_page=1&page=121");
  const id = first.of(0, "id");

  await tell(summaryOf(weaker(1)));
  expect(await parts()).toEqual([1]);
  const again = await ask("GET issues/1/comments?per_page=1&page=121");
  expect(again.of(0, "id")).toBe(id);
  expect(again.of(0, "body")).toContain(`${markerOf("staging", 1)}\n### Preview of <code>staging</code>: 1 changed\n`);

  const { body } = await ask(`GET commits/${"c".repeat(40)}/check-runs?filter=all`);
  const runs: { id: number; conclusion: string; output: { annotations_count: number; title: string } }[] = Object(body).check_runs;
  expect(runs.map(({ conclusion, output }) => [conclusion, output.title, output.annotations_count]).sort()).toEqual([
    ["neutral", "1 changed, 1 dangerous", 1],
    ["neutral", "2000 changed, 2000 dangerous", 150],
  ]);
});
