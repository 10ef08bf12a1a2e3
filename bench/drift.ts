import { githubClient } from "../operations/github/client.ts";
import { Answers } from "../operations/drift/live/answers.ts";
import { asker } from "../operations/drift/live/ask.ts";
import type { AskOptions } from "../operations/drift/live/ask.ts";
import { look } from "../operations/drift/live/look.ts";
import { Pace } from "../operations/drift/live/pace.ts";
import { startGitHubApi } from "../sandbox/github-api/server.ts";
import { readPopulation } from "../sandbox/population.ts";
import { repositories } from "./drift-repositories.ts";

export interface DriftRow {
  repositories: number;
  way: "lists, first run" | "lists, again" | "one by one";
  /** Calls that count against the hour. */
  requests: number;
  /** Calls answered by 304, which are free. */
  unchanged: number;
  /** Minutes by the clock of GitHub's limits: 150 ms a call, ten at once, 900 points a minute, 5,000 calls an hour. */
  minutes: number;
  /** Seconds that this machine took. */
  seconds: number;
  /** What a refresh does not show; each repository has three such things. */
  found: number;
}

const LATENCY = 150;
const AT_ONCE = 10;
/** Calls of the hour that are left when a reader waits for the next one: those in flight still have to fit. */
const RESERVE = 2 * AT_ONCE;

/** Reads so many repositories by their lists, twice, and object by object, each with an hour of its own. */
export async function drift(count: number): Promise<DriftRow[]> {
  const { declared, documents, leave, singles } = repositories(count);
  const answers = new Answers();
  const byLists = async (client: AskOptions["client"], pace: Pace): Promise<Pick<DriftRow, "requests" | "unchanged" | "found">> => {
    const { differences, reads } = await look(declared, asker({ client, answers, pace }));
    return { requests: reads.requests, unchanged: reads.unchanged, found: differences.length };
  };
  const oneByOne = async (client: AskOptions["client"], pace: Pace): Promise<Pick<DriftRow, "requests" | "unchanged" | "found">> => {
    const told = await Promise.all(singles.map((call) => pace.run(() => client(call, {}))));
    // Nobody asks for what nobody declared; of the rest the reader sees the environments without reviewers and self-review.
    const open = told.filter(({ data }) => JSON.stringify(data).includes('"can_admins_bypass"') && !JSON.stringify(data).includes('"required_reviewers"'));
    return { requests: told.length, unchanged: 0, found: 2 * open.length };
  };
  const rows: DriftRow[] = [];
  for (const [way, read] of [["lists, first run", byLists], ["lists, again", byLists], ["one by one", oneByOne]] as const) {
    const began = performance.now();
    const start = Date.parse("2026-11-21T12:00:00Z");
    let now = start;
    const api = await startGitHubApi({ documents, population: readPopulation(""), clock: () => now });
    const github = githubClient({ environment: { GITHUB_API_URL: api.url, GITHUB_TOKEN: api.token } });
    let [left, reset] = [Number.POSITIVE_INFINITY, 0];
    const client: AskOptions["client"] = async (route, parameters) => {
      now += LATENCY / AT_ONCE;
      if (left <= RESERVE) [now, left] = [Math.max(now, reset), Number.POSITIVE_INFINITY];
      const answer = await github.request(route, parameters);
      [left, reset] = [Number(answer.headers["x-ratelimit-remaining"]), Number(answer.headers["x-ratelimit-reset"]) * 1000];
      return answer;
    };
    const pace = new Pace({ atOnce: AT_ONCE, clock: () => now, wait: async (milliseconds) => void (now += milliseconds) });
    const result = await read(client, pace);
    rows.push({ repositories: count, way, ...result, minutes: (now - start) / 60_000, seconds: (performance.now() - began) / 1000 });
    api.close();
  }
  leave();
  return rows;
}

export async function driftTable(counts: readonly number[]): Promise<string> {
  const rows: DriftRow[] = [];
  for (const count of counts) rows.push(...await drift(count));
  return rows.map(({ found, minutes, repositories: all, requests, seconds, unchanged, way }) => (
    `drift of ${all} repositories, ${way}: ${requests} calls and ${unchanged} free ones, ${minutes.toFixed(1)} min of GitHub's clock, ${seconds.toFixed(1)} s of this machine, ${found} things that a refresh hides`
  )).join("\n");
}
