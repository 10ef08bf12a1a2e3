import { types } from "node:util";
import { Problem } from "../../toolchain/problem.ts";

const LIMIT_MS = 10_000;

export interface PushOptions {
  /** Another one for each command: a push replaces all that its job told of the stack. @default "slipway" */
  job?: string;
  /** Milliseconds. @default 10000 */
  limit?: number;
}

/**
 * Replaces the stack's group on a Pushgateway, so that what is gone from the text goes from the gateway too.
 * @throws Problem when the address is none, or the gateway is away or refuses
 */
export async function push(gateway: string, stack: string, text: string, { job = "slipway", limit = LIMIT_MS }: PushOptions = {}): Promise<void> {
  const base = addressOf(gateway);
  // What stands before @ is a password: it goes into a header and into no message.
  const login = base.username === "" ? {} : { authorization: `Basic ${Buffer.from(`${decodeURIComponent(base.username)}:${decodeURIComponent(base.password)}`).toString("base64")}` };
  const shown = `${base.origin}${base.pathname.replace(/\/+$/, "")}`;
  const response = await answer(`${shown}/metrics/job/${job}/stack/${encodeURIComponent(stack)}`, {
    method: "PUT",
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", ...login },
    body: text,
    signal: AbortSignal.timeout(limit),
  }, shown);
  const said = (await response.text()).trim().slice(0, 300);
  if (!response.ok) throw new Problem(`--push: ${shown} refused the metrics, got ${response.status}${said === "" ? "" : ` "${said}"`}; ${todo(response.status)}`);
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new Problem("--push: is not the address of a Pushgateway; write it as http://host:9091");
}

async function answer(url: string, request: RequestInit, shown: string): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    throw new Problem(`--push: ${shown} does not answer, got "${reasonOf(error)}"; start the gateway, or write the metrics by --out`);
  }
}

/** fetch says why only in the cause, which has no text where several addresses were tried. */
function reasonOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const { cause } = error;
  if (!types.isNativeError(cause)) return error.message;
  return cause.message !== "" ? cause.message : "code" in cause ? String(cause.code) : cause.name;
}

function todo(status: number): string {
  if (status === 401 || status === 403) return "put user and password before @ in the address";
  if (status === 404) return "write the gateway's own address, without /metrics";
  return "see the gateway's log";
}
