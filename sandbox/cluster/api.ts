import { Agent as PlainAgent, request as plainRequest } from "node:http";
import type { IncomingMessage, RequestOptions } from "node:http";
import { Agent, request } from "node:https";
import { messageOf } from "../errors.ts";
import { isFields } from "../kubernetes/manifest.ts";
import type { Fields } from "../kubernetes/manifest.ts";
import type { Access } from "./kubeconfig.ts";

export type Method = "GET" | "PATCH" | "DELETE";

/** The API server's refusal, in its words. */
export class Refused extends Error {
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

const LIMIT_MILLISECONDS = 30_000;

/** The API server of one cluster. */
export class Api {
  private readonly access: Access;
  private readonly agent: Agent | PlainAgent;

  constructor(access: Access) {
    this.access = access;
    const shared = { keepAlive: true, maxSockets: 32 };
    this.agent = access.server.protocol === "http:" ? new PlainAgent(shared) : new Agent({ ...shared, ...(access.authority !== undefined && { ca: access.authority }) });
  }

  /** One call. @throws Refused where the answer is no success, Error where none comes within 30 s */
  async call(method: Method, path: string, body?: unknown, type = "application/json"): Promise<Fields> {
    const answer = await this.send(method, path, body === undefined ? undefined : JSON.stringify(body), type);
    let said = "";
    for await (const chunk of answer.setEncoding("utf8")) said += chunk;
    const code = answer.statusCode ?? 0;
    const value = mapping(said);
    if (code >= 200 && code < 300 && value !== undefined) return value;
    throw new Refused(code, String(value?.["reason"] ?? ""), String(value?.["message"] ?? (said || `the API server answered ${code} and nothing else`)));
  }

  close(): void {
    this.agent.destroy();
  }

  private send(method: Method, path: string, payload: string | undefined, type: string): Promise<IncomingMessage> {
    const { server, token } = this.access;
    const options: RequestOptions = {
      agent: this.agent, method, signal: AbortSignal.timeout(LIMIT_MILLISECONDS),
      headers: { authorization: `Bearer ${token}`, accept: "application/json", ...(payload !== undefined && { "content-type": type, "content-length": Buffer.byteLength(payload) }) },
    };
    const url = new URL(`${server.pathname.replace(/\/$/, "")}${path}`, server);
    return new Promise((resolve, reject) => {
      const asked = server.protocol === "http:" ? plainRequest(url, options, resolve) : request(url, options, resolve);
      asked.on("error", (error) => reject(new Error(`${server.origin}: the API server does not answer, got ${JSON.stringify(messageOf(error))}; start the cluster or leave SLIPWAY_SANDBOX_CLUSTER away`, { cause: error })));
      asked.end(payload);
    });
  }
}

/** A server that only starts says no in plain text. */
function mapping(said: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(said);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
