import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import { once } from "node:events";
import { OpenAPIBackend } from "openapi-backend";
import type { Context, Document, Request } from "openapi-backend";

/** One request as GitHub's own description of its API understands it. */
export interface Asked {
  params: Record<string, string>;
  query: Record<string, string>;
  body: Record<string, unknown>;
  bytes: Buffer;
}

export interface Answered {
  /** @default 200 */
  status?: number;
  body?: unknown;
}

/** By operation id, such as `issues/create`. */
export type Handlers = Record<string, (asked: Asked) => Answered>;

export interface GitHubServer {
  url: string;
  /** `POST /repos/acme/shop/issues` in order. */
  calls: string[];
  /** Requests that GitHub's description refuses or that no handler knows: none is expected. */
  problems: string[];
  close(): void;
}

type Json = Record<string, unknown>;

/** The description with the handlers' operations alone: the whole of it takes half a minute to compile. */
export function pruned(description: Json, handlers: Handlers): Document {
  const known = new Set(Object.keys(handlers));
  const paths: Json = {};
  for (const [path, methods] of entries(description["paths"])) {
    const kept = entries(methods).filter(([, operation]) => known.delete(String(field(operation, "operationId"))));
    if (kept.length > 0) paths[path] = Object.fromEntries(kept.map(([method, operation]) => [method, { ...object(operation), responses: { default: { description: "" } } }]));
  }
  if (known.size > 0) throw new Error(`${[...known].join(", ")}: GitHub has no such operation`);
  const components: Record<string, Json> = {};
  for (let names = references(paths); names.length > 0; ) {
    names = names.flatMap((reference) => {
      const [, , kind = "", name = ""] = reference.split("/");
      if (components[kind]?.[name] !== undefined) return [];
      const found = field(field(description["components"], kind), name);
      components[kind] = { ...components[kind], [name]: found };
      return references(found);
    });
  }
  return JSON.parse(JSON.stringify({ openapi: "3.0.3", info: { title: "GitHub", version: "0" }, paths, components }), orNull);
}

/** A choice that may be null says so without a type, which the validator takes for a mistake. */
function orNull(_: string, value: unknown): unknown {
  const { nullable, ...rest } = object(value);
  return nullable === undefined || rest["type"] !== undefined ? value : { anyOf: [rest, { enum: [null] }] };
}

/** A ref or a path of a file is one parameter to GitHub, slashes and all; the router wants them written as %2F. */
function oneParameter(path: string): string {
  const [, before = "", name = ""] = /^(\/repos\/[^/]+\/[^/]+\/(?:git\/(?:ref|refs|matching-refs)|contents|compare|commits)\/)(.+)$/.exec(path) ?? [];
  if (before === "") return path;
  const after = before.endsWith("/commits/") ? (/\/(?:check-runs|status|statuses|pulls|comments)$/.exec(name)?.[0] ?? "") : "";
  return before + name.slice(0, name.length - after.length).replaceAll("/", "%2F") + after;
}

function references(value: unknown): string[] {
  return [...JSON.stringify(value ?? null).matchAll(/"\$ref":"(#\/components\/[^"]+)"/g)].map(([, reference = ""]) => reference);
}

/** Serves the handlers on loopback. A list that asks for a page past the first is empty, since a handler answers all at once. */
export async function serveGitHub(file: string, handlers: Handlers, token: string): Promise<GitHubServer> {
  const api = new OpenAPIBackend({ definition: pruned(JSON.parse(readFileSync(file, "utf8")), handlers), quick: true, ajvOpts: { strict: false, coerceTypes: true, unicodeRegExp: false, logger: false } });
  const calls: string[] = [];
  const problems: string[] = [];
  for (const [name, handler] of Object.entries(handlers)) {
    api.registerHandler(name, ({ request }: Context, bytes: Buffer) =>
      handler({ params: strings(request.params), query: strings(request.query), body: object(request.requestBody ?? {}), bytes }),
    );
  }
  const refuse = (status: number, call: string, message: string): Answered => {
    problems.push(`${call}: ${message}`);
    return { status, body: { message } };
  };
  api.registerHandler("validationFail", ({ request, validation }: Context) => refuse(422, callOf(request), JSON.stringify(validation.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`))));
  api.registerHandler("notFound", ({ request }: Context) => refuse(404, callOf(request), "no such operation here"));
  await api.init();
  const server = createServer(async (message, response) => {
    const bytes = await bytesOf(message);
    const [path = "", query = ""] = (message.url ?? "").split("?");
    const call = `${message.method} ${decodeURIComponent(path)}`;
    calls.push(call);
    const octets = message.headers["content-type"] === "application/octet-stream";
    const body = octets || bytes.length === 0 ? undefined : JSON.parse(bytes.toString("utf8"));
    const asked = { method: message.method ?? "GET", path: oneParameter(path), query, headers: { "content-type": message.headers["content-type"] ?? "" }, body };
    let answer: Answered;
    if (message.headers.authorization !== `Bearer ${token}` && message.headers.authorization !== `token ${token}`) answer = refuse(401, call, "without the job's token");
    else
      try {
        answer = await api.handleRequest(asked, bytes);
      } catch (error) {
        answer = refuse(500, call, String(error));
      }
    const late = Number(new URLSearchParams(query).get("page") ?? "1") > 1 && Array.isArray(answer.body);
    response.writeHead(answer.status ?? 200, { "content-type": "application/json" });
    response.end(answer.body === undefined ? "" : Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(late ? [] : answer.body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}`, calls, problems, close: () => (server.closeAllConnections(), server.close()) };
}

function callOf({ method, path }: Request): string {
  return `${method.toUpperCase()} ${path}`;
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function entries(value: unknown): [string, unknown][] {
  return Object.entries(object(value));
}

function field(value: unknown, name: string): unknown {
  return object(value)[name];
}

function strings(value: unknown): Record<string, string> {
  return Object.fromEntries(entries(value).map(([name, each]) => [name, decodeURIComponent(String(each))]));
}
