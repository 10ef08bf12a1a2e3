import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Documents } from "../documents.ts";
import { messageOf } from "../errors.ts";
import type { Faults } from "../faults.ts";
import { FaultInjector } from "../injector.ts";
import type { Population } from "../population.ts";
import { ACTOR } from "./actor.ts";
import type { Api } from "./api.ts";
import type { Token } from "./permissions.ts";
import { noRequests } from "./requests.ts";
import type { Counted } from "./requests.ts";

export interface GitHubApiOptions {
  documents: Documents;
  population: Population;
  /** @default nothing goes wrong */
  faults?: Faults;
  /** Further tokens, by what is sent. @default only the one that the sandbox makes, which may everything */
  tokens?: Readonly<Record<string, Token>>;
  /** The instant in milliseconds. @default the machine's */
  clock?: () => number;
}

export interface GitHubApi {
  /** For GITHUB_API_URL. */
  url: string;
  /** For GITHUB_TOKEN: an administrator's. */
  token: string;
  requests: Counted;
  close(): void;
}

/** Serves GitHub's REST API on 127.0.0.1 until closed. The API itself is loaded by the first request: a command that asks nothing pays nothing. */
export async function startGitHubApi({ clock = Date.now, documents, faults = {}, population, tokens = {} }: GitHubApiOptions): Promise<GitHubApi> {
  const token = `ghs_${randomBytes(18).toString("hex")}`;
  const known = new Map<string, Token>([...Object.entries(tokens), [token, { login: ACTOR }]]);
  const requests = noRequests("");
  const server = createServer((message, response) => void answer(message, response));
  const injector = new FaultInjector(faults, () => server.closeAllConnections());
  let opened: Promise<Api> | undefined;

  async function open(): Promise<Api> {
    const [{ Api: Served }, { Cloud }] = await Promise.all([import("./api.ts"), import("./cloud.ts")]);
    return Served.open({ cloud: new Cloud(documents, population, clock), tokens: known, injector, requests, clock });
  }

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = "", query = ""] = (message.url ?? "").split("?");
    try {
      opened ??= open();
      const { authorization, "if-none-match": etag } = message.headers;
      const { body, headers, status } = await (await opened).answer({ method: message.method ?? "GET", path, query, headers: { authorization, "if-none-match": etag }, body: await textOf(message) });
      end(response, status, headers, body);
    } catch (error) {
      const said = messageOf(error);
      requests.refused += 1;
      end(response, Number(/ (50[23]) /.exec(said)?.[1] ?? 500), {}, { message: said });
    }
  }

  const port = await new Promise<number>((done, fail) => {
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") fail(new Error("the REST API of the sandbox has no port"));
      else done(address.port);
    });
  });
  // A command that is done ends, whoever still holds a connection open.
  server.unref();
  requests.url = `http://127.0.0.1:${port}`;
  return { url: requests.url, token, requests, close: () => (server.closeAllConnections(), void server.close()) };
}

function end(response: ServerResponse, status: number, headers: Record<string, string>, body: unknown): void {
  response.writeHead(status, { ...headers, ...(body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }) });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
