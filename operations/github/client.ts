import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { RequestError } from "@octokit/request-error";
import Bottleneck from "bottleneck";
import { Problem } from "../../toolchain/problem.ts";
import { problemOf } from "./problem.ts";

const Client = Octokit.plugin(paginateRest, retry, throttling);

/** GitHub's REST API: `request("GET /repos/{owner}/{repo}", …)` and `paginate(…)`. What it refuses is thrown as GitHubProblem. */
export type GitHubClient = InstanceType<typeof Client>;

export interface GitHubOptions {
  /** GITHUB_TOKEN, and GITHUB_API_URL where GitHub is not github.com. */
  environment: NodeJS.ProcessEnv;
  /** Told when GitHub's limits make a call wait. @default nobody is told */
  wait?: ((message: string) => void) | undefined;
  /** Milliseconds that a second of waiting takes; less only in tests. @default 1000 */
  second?: number;
}

/** Milliseconds that one attempt may take. */
const PATIENCE = 30_000;

/** What is the same the second time; 429 is waited for as the limits ask, not tried again at once. */
const FINAL = [400, 401, 403, 404, 409, 410, 422, 429, 451, 501];

/** How often a call waits for a limit to pass: the hourly one, and the one for too much at once. */
const HOURLY = 2;
const AT_ONCE = 3;

/** @throws Problem where there is no token, or the address is none */
export function githubClient({ environment, second = 1_000, wait = () => {} }: GitHubOptions): GitHubClient {
  const token = tokenOf(environment);
  const baseUrl = addressOf(environment);
  const client = new Client({
    auth: token,
    baseUrl,
    userAgent: "slipway",
    // Its words go to a terminal that shows others; what matters is thrown.
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    request: { fetch: (url: string, init: RequestInit) => fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) }) },
    retry: { retryAfterBaseValue: second, doNotRetry: FINAL },
    throttle: {
      ...paces(new URL(baseUrl).hostname === "127.0.0.1" ? 0 : second),
      retryAfterBaseValue: second,
      onRateLimit: (seconds: number, _: unknown, __: unknown, count: number) => waits(count < HOURLY, `GitHub's hourly limit is used up: waiting ${seconds} s`),
      onSecondaryRateLimit: (seconds: number, _: unknown, __: unknown, count: number) => waits(count < AT_ONCE, `GitHub asks for a pause: waiting ${seconds} s`),
    },
  });

  function waits(again: boolean, message: string): boolean {
    if (again) wait(message);
    return again;
  }

  client.hook.before("request", (options) => {
    options.headers["x-github-api-version"] = "2022-11-28";
    // An answer that was lost may be that of something made: a second attempt would make it twice.
    if (options.method === "POST") options.request = { ...options.request, retries: 0 };
  });
  client.hook.error("request", (error) => {
    throw error instanceof RequestError ? problemOf(error, baseUrl, [token]) : error;
  });
  return client;
}

/** GitHub asks for a second between writes, and more between those that notify people. */
function paces(second: number): { write: Bottleneck.Group; notifications: Bottleneck.Group } {
  return { write: new Bottleneck.Group({ maxConcurrent: 1, minTime: second }), notifications: new Bottleneck.Group({ maxConcurrent: 1, minTime: 3 * second }) };
}

function tokenOf(environment: NodeJS.ProcessEnv): string {
  const token = environment["GITHUB_TOKEN"]?.trim() ?? "";
  if (token === "") throw new Problem("GITHUB_TOKEN: is not set, got nothing; set it to a token that may read the stack's repositories, or add --sandbox");
  if (/[^\x21-\x7e]/.test(token)) throw new Problem("GITHUB_TOKEN: has characters that cannot be sent, got a value with spaces or non-ASCII; set it to the token alone");
  return token;
}

function addressOf(environment: NodeJS.ProcessEnv): string {
  const address = environment["GITHUB_API_URL"]?.trim() || "https://api.github.com";
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) throw new Problem(`GITHUB_API_URL: must be the address of an API, got ${JSON.stringify(address)}; set it to https://api.github.com or to https://<host>/api/v3`);
  return address.replace(/\/+$/, "");
}
