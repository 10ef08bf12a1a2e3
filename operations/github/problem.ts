import { RequestError } from "@octokit/request-error";
import { Problem } from "../../toolchain/problem.ts";

/** What GitHub refused, for people; `status` is for a caller that expects it: 404 of what may be absent, 304 of what is unchanged. */
export class GitHubProblem extends Problem {
  override name = "GitHubProblem";
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

interface Refusal {
  status: number;
  method: string;
  headers: Readonly<Record<string, string | number | undefined>>;
  /** GitHub's own words, or the network's. */
  said: string;
  answered: boolean;
}

const LONGEST = 300;

/** One refused call in the words of the house; `secrets` are hidden wherever they stand. */
export function problemOf(error: RequestError, base: string, secrets: readonly string[]): GitHubProblem {
  const { request, response, status } = error;
  const refusal: Refusal = { status, method: request.method, headers: response?.headers ?? {}, said: response === undefined ? error.message : wordsOf(response.data), answered: response !== undefined };
  const call = `${request.method} ${request.url.startsWith(base) ? request.url.slice(base.length) : request.url}`;
  const { wrong, advice } = explained(refusal);
  const got = refusal.answered ? `status ${status}${refusal.said === "" ? "" : ` ${quoted(refusal.said)}`}` : quoted(refusal.said);
  return new GitHubProblem(hidden(`${call}: ${wrong}, got ${got}; ${advice}`, secrets), status);
}

function explained({ answered, headers, method, said, status }: Refusal): { wrong: string; advice: string } {
  const permissions = headers["x-accepted-github-permissions"];
  const grant = permissions === undefined ? "the permission that this call needs" : `the permission ${String(permissions).replaceAll(";", " or ")}`;
  if (!answered) return { wrong: "GitHub gave no answer", advice: `check GITHUB_API_URL and the network${done(method)}` };
  if (isLimited(status, headers, said)) return { wrong: "GitHub's limit of this token is used up", advice: `run this again ${after(headers)}` };
  if (status === 401) return { wrong: "GitHub does not take the token", advice: "set GITHUB_TOKEN to a token that is still good" };
  if (status === 403) return { wrong: "the token may not do this", advice: `give the token of GITHUB_TOKEN ${grant}` };
  if (status === 404) return { wrong: "GitHub has no such thing, or hides it from the token", advice: `check the name, and give the token of GITHUB_TOKEN ${grant}` };
  if (status === 304) return { wrong: "nothing changed since it was last read", advice: "use what was read then" };
  if (status === 409) return { wrong: "this is against what stands there now", advice: "look at it on GitHub, then run this again" };
  if (status >= 500) return { wrong: "GitHub failed", advice: `look at https://www.githubstatus.com and run this again${done(method)}` };
  return { wrong: "GitHub refuses what was sent", advice: "correct what it names" };
}

/** Too many requests: GitHub says that with 403 as well. */
function isLimited(status: number, headers: Refusal["headers"], said: string): boolean {
  if (status !== 403 && status !== 429) return false;
  return status === 429 || headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0" || /rate limit/i.test(said);
}

function after(headers: Refusal["headers"]): string {
  const [seconds, reset] = [Number(headers["retry-after"]), Number(headers["x-ratelimit-reset"])];
  if (seconds > 0) return `after ${seconds} s`;
  return reset > 0 ? `after ${new Date(reset * 1000).toISOString()}` : "later";
}

/** A creation is not sent twice, and may have happened all the same. */
function done(method: string): string {
  return method === "POST" ? ", but look first whether it was made" : "";
}

/** GitHub's message, and the fields that it names. */
function wordsOf(data: unknown): string {
  if (typeof data !== "object" || data === null) return typeof data === "string" && !/^\s*</.test(data) ? data : "";
  const message = "message" in data && typeof data.message === "string" ? data.message : "";
  const errors = "errors" in data && Array.isArray(data.errors) ? data.errors.map(errorText).filter((text) => text !== "") : [];
  return errors.length === 0 ? message : `${message}: ${errors.join(", ")}`;
}

function errorText(error: unknown): string {
  if (typeof error === "string") return error;
  if (typeof error !== "object" || error === null) return "";
  const parts = ["resource", "field", "code", "message"].map((key) => Object.entries(error).find(([name]) => name === key)?.[1]);
  return parts.filter((part) => typeof part === "string" && part !== "").join(" ");
}

function quoted(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return JSON.stringify(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line);
}

function hidden(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => (secret === "" ? shown : shown.replaceAll(secret, "[hidden]")), text);
}
