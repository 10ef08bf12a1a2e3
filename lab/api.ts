import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import type { IncomingMessage } from "node:http";
import { authorityFile } from "./folder.ts";
import type { Lab } from "./folder.ts";

/** Any object of the API server. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
}

export interface Metadata {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[];
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What the API server answered instead of doing it. */
export class Refused extends Error {
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

/** A connection to the lab's API server; its certificate is checked against the server's own authority. */
export class Api {
  private readonly agent: Agent;
  private readonly port: number;
  private readonly token: string;

  constructor({ folder, ports, token }: Lab) {
    this.agent = new Agent({ ca: readFileSync(authorityFile(folder)), keepAlive: true, maxSockets: 32 });
    this.port = ports.api;
    this.token = token;
  }

  /** One call; @throws Refused when the answer is no success, Error when there is no answer within 30 s */
  async call<T = unknown>(method: Method, path: string, body?: unknown, type = "application/json"): Promise<T> {
    const answer = await this.open(method, path, body, type, AbortSignal.timeout(30_000));
    return parsed(answer.statusCode ?? 0, await text(answer));
  }

  /** The answer as it begins; streams are read by who asked for them. */
  open(method: Method, path: string, body: unknown, type: string, signal: AbortSignal): Promise<IncomingMessage> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers = { authorization: `Bearer ${this.token}`, accept: "application/json", ...(payload !== undefined && { "content-type": type, "content-length": Buffer.byteLength(payload) }) };
    return new Promise((resolve, reject) => {
      const asked = request({ agent: this.agent, host: "127.0.0.1", port: this.port, method, path, headers, signal }, resolve);
      asked.on("error", reject);
      asked.end(payload);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

export async function text(answer: IncomingMessage): Promise<string> {
  let all = "";
  for await (const chunk of answer.setEncoding("utf8")) all += chunk;
  return all;
}

function parsed<T>(code: number, said: string): T {
  if (code >= 200 && code < 300) {
    const value: T = said === "" ? undefined : JSON.parse(said);
    return value;
  }
  throw refusal(code, said);
}

/** The API server says no in an object of its own; a server that only starts says it in plain text. */
export function refusal(code: number, said: string): Refused {
  try {
    const { message, reason }: { message?: string; reason?: string } = JSON.parse(said);
    return new Refused(code, reason ?? "", message ?? said);
  } catch {
    return new Refused(code, "", said);
  }
}
