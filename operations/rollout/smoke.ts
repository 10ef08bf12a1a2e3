import type { SmokeCheck } from "../../components/delivery/rollout-settings.ts";
import { causeOf, textUpTo } from "./answer-text.ts";

/** Characters of an answer in which `contains` is looked for. */
const LONGEST = 1024 * 1024;

export interface SmokeOptions {
  /** Checks that are made at the same time. @default 4 */
  parallel?: number | undefined;
  /** Ends the checks early; those that have no answer then have failed. */
  signal?: AbortSignal | undefined;
}

/**
 * Makes the checks and resolves to one line a failure, in the checks' order: `<name>: <what was seen>, expected <what was not>`. Redirects are
 * answers like any other and are not followed. It never rejects, and shows neither addresses nor headers, which may hold a key.
 */
export async function smokeChecks(checks: readonly SmokeCheck[], { parallel = 4, signal }: SmokeOptions = {}): Promise<string[]> {
  const failures: (string | undefined)[] = [];
  const left = checks.entries();
  const worker = async (): Promise<void> => {
    for (const [index, check] of left) {
      const failure = await failureOf(check, signal);
      failures[index] = failure && `${oneLine(check.name)}: ${failure}`;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(parallel, checks.length)) }, worker));
  return failures.filter((failure) => failure !== undefined);
}

async function failureOf({ contains, headers, status, timeoutSeconds, url }: SmokeCheck, stop: AbortSignal | undefined): Promise<string | undefined> {
  const wanted = `status ${status}`;
  const late = AbortSignal.timeout(timeoutSeconds * 1000);
  let sent: Headers;
  try {
    sent = new Headers(headers);
  } catch {
    return `a header's value cannot be sent, expected ${wanted}`; // fetch would name the value
  }
  try {
    const response = await fetch(url, { headers: sent, redirect: "manual", signal: stop ? AbortSignal.any([late, stop]) : late });
    if (response.status !== status) {
      await response.body?.cancel();
      return `${seen(response)}, expected ${wanted}`;
    }
    if (contains === undefined) {
      await response.body?.cancel();
      return undefined;
    }
    const { cut, text } = await textUpTo(response, LONGEST);
    if (text.includes(contains)) return undefined;
    return `status ${status} with ${cut ? "more than 1 MiB" : `${text.length} characters`} without it, expected the text ${JSON.stringify(contains)}${cut ? " in the first 1 MiB" : ""}`;
  } catch (error) {
    if (stop?.aborted === true) return `stopped before there was an answer, expected ${wanted}`;
    return `${late.aborted ? `no answer within ${timeoutSeconds} s` : `no answer (${causeOf(error)})`}, expected ${wanted}`;
  }
}

function seen({ headers, status }: Response): string {
  const location = headers.get("location");
  return location === null ? `status ${status}` : `status ${status} to ${JSON.stringify(location.slice(0, 100))}`;
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ");
}
