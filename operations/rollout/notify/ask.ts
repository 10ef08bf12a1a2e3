import type * as z from "zod";
import { causeOf, textUpTo } from "../answer-text.ts";
import { clipped, oneLine } from "./escape.ts";
import { Refused } from "./types.ts";
import type { Environment } from "./types.ts";

/** One request to a place that is told. */
export interface Asking {
  method: string;
  url: string;
  headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  body?: object | undefined;
  /** For people: Slack, GitHub, Grafana. */
  who: string;
  /** What to do where it refuses, by status; else the status speaks for itself. */
  advice: Readonly<Record<number, string>>;
  /** Texts that no message may show. */
  secrets: readonly string[];
  signal: AbortSignal;
  /** Milliseconds. @default 10000 */
  timeout?: number | undefined;
}

/** Characters of an answer that are read: a page of a hundred issues fits. */
const LONGEST = 16 * 1024 * 1024;

/** A limit that lasts longer is not waited for. */
const LONGEST_WAIT_SECONDS = 30;

/** The text of a good answer. @throws Refused */
export async function ask({ advice, body, headers, method, secrets, signal, timeout = 10_000, url, who }: Asking): Promise<string> {
  const late = AbortSignal.timeout(timeout);
  let response: Response;
  let text: string;
  try {
    const sent = { "user-agent": "slipway", ...headers, ...(body && { "content-type": "application/json" }) };
    response = await fetch(url, { method, headers: sent, redirect: "manual", signal: AbortSignal.any([late, signal]), ...(body && { body: JSON.stringify(body) }) });
    ({ text } = await textUpTo(response, LONGEST));
  } catch (error) {
    if (signal.aborted) throw new Refused("the driver ended before everything was told; read the rest in its audit log");
    const reason = late.aborted ? `within ${timeout / 1000} s` : `(${hidden(causeOf(error), secrets)})`;
    throw new Refused(`${who} gave no answer ${reason}; the rollout goes on without it`, 1);
  }
  const { status } = response;
  if (status >= 200 && status < 300) return text;
  const todo = (isLimited(response) ? undefined : advice[status]) ?? "the rollout goes on without it";
  throw new Refused(`${who} refused it, got status ${status}${said(response, text, secrets)}; ${todo}`, againAfter(response));
}

/** A good answer that is JSON of one form. @throws Refused */
export async function askFor<T>(schema: z.ZodType<T>, asking: Asking): Promise<T> {
  const text = await ask(asking);
  const unread = (): Refused => new Refused(`${asking.who}'s answer cannot be read, got ${JSON.stringify(clipped(oneLine(hidden(text, asking.secrets)), 60))}; check its address`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unread(); // HTML of a proxy, most often
  }
  const read = schema.safeParse(value);
  if (!read.success) throw unread();
  return read.data;
}

/** What a variable of the environment holds. @throws Refused */
export function credential(environment: Environment, name: string): string {
  const value = environment[name]?.trim();
  if (value === undefined || value === "") throw new Refused(`${name} is not set in the driver's environment; set it there, or remove the setting`);
  if (/[\s\p{Cc}]|[^\x20-\x7e]/u.test(value)) throw new Refused(`${name} has characters that cannot be sent; set it to the value alone`);
  return value;
}

/** The place's own words where it has any; of HTML only that it is HTML. */
function said({ headers }: Response, text: string, secrets: readonly string[]): string {
  const type = headers.get("content-type") ?? "";
  if (/html/.test(type) || /^\s*</.test(text)) return " with a page of HTML";
  const words = oneLine(messageIn(text) ?? text).trim();
  return words === "" ? "" : ` ${JSON.stringify(clipped(hidden(words, secrets), 200))}`;
}

function messageIn(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "message" in value && typeof value.message === "string" ? value.message : undefined;
  } catch {
    return undefined; // it is no JSON: the text itself is shown
  }
}

function hidden(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => (secret === "" ? shown : shown.replaceAll(secret, "[hidden]")), text);
}

/** Limits and outages pass; anything else is the same the second time. */
function againAfter({ headers, status }: Response): number | undefined {
  const asked = Number(headers.get("retry-after") ?? Number.NaN);
  if (!isLimited({ headers, status }) && status < 500) return undefined;
  const seconds = Number.isFinite(asked) && asked >= 0 ? asked : 1;
  return seconds <= LONGEST_WAIT_SECONDS ? seconds : undefined;
}

/** Too many requests: GitHub says that with 403 as well. */
function isLimited({ headers, status }: Pick<Response, "headers" | "status">): boolean {
  return status === 429 || (status === 403 && (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0"));
}
