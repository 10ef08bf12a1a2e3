import { GitHubProblem } from "../../github/problem.ts";
import { list } from "../../unknown.ts";
import type { Answers } from "./answers.ts";
import type { Pace } from "./pace.ts";

/** Reads lists of GitHub's, whole, each address once. */
export interface Asker {
  /** All items of a list; undefined where GitHub has no such thing. `key`: what GitHub wraps them in. */
  list(route: string, parameters: Readonly<Record<string, string>>, key?: string): Promise<unknown[] | undefined>;
  /** One object as a list of one. */
  one(route: string, parameters: Readonly<Record<string, string>>): Promise<unknown>;
  readonly reads: { requests: number; unchanged: number };
}

const PAGE = 100;
const UNCHANGED = 304;

export interface AskOptions {
  client: (route: string, parameters: Record<string, unknown>) => Promise<{ data: unknown; headers: { etag?: string | undefined; link?: string | undefined } }>;
  answers: Answers;
  pace: Pace;
}

export function asker({ client, answers, pace }: AskOptions): Asker {
  const reads = { requests: 0, unchanged: 0 };

  async function page(route: string, parameters: Readonly<Record<string, unknown>>, key: string | undefined): Promise<{ items: unknown[]; more: boolean } | undefined> {
    const address = `${route} ${JSON.stringify(parameters)}`;
    const known = answers.get(address);
    const headers = known === undefined ? {} : { "if-none-match": known.etag };
    try {
      const { data, headers: told } = await pace.run(() => client(route, { ...parameters, headers }));
      reads.requests++;
      const items = key === undefined ? (Array.isArray(data) ? data : [data]) : list(data, key);
      const fresh = { etag: told.etag ?? "", items, more: /rel="next"/.test(told.link ?? "") };
      answers.set(address, fresh);
      return fresh;
    } catch (error) {
      const status = error instanceof GitHubProblem ? error.status : 0;
      if (status === UNCHANGED && known !== undefined) {
        reads.unchanged++;
        answers.set(address, known);
        return known;
      }
      reads.requests++;
      if (status === 404 || (error instanceof GitHubProblem && notInPlan(error))) return undefined;
      throw error;
    }
  }

  async function all(route: string, parameters: Readonly<Record<string, string>>, key?: string): Promise<unknown[] | undefined> {
    const items: unknown[] = [];
    for (let number = 1; ; number++) {
      const found = await page(route, { ...parameters, per_page: PAGE, page: number }, key);
      if (found === undefined) return number === 1 ? undefined : items;
      items.push(...found.items);
      if (!found.more) return items;
    }
  }

  return { list: all, one: async (route, parameters) => (await page(route, parameters, undefined))?.items[0], reads };
}

/** GitHub refuses what the plan of a private repository does not have: then there is none of it. */
function notInPlan({ status, message }: GitHubProblem): boolean {
  return status === 403 && /upgrade to/i.test(message);
}
