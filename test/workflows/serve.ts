import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** A request that a script made. */
export interface Recorded {
  method: string;
  /** With its query: `/repos/acme/shop/issues?state=open`. */
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed where it is JSON, else the text. */
  body: unknown;
  bytes: Buffer;
}

export interface Answer {
  /** @default 200 */
  status?: number;
  headers?: Record<string, string>;
  /** Texts and bytes go as they are, anything else as JSON. @default empty */
  body?: unknown;
}

export interface Server {
  /** `http://127.0.0.1:<port>` */
  url: string;
  requests: Recorded[];
  /** `GET /path` of each request in order. */
  calls(): string[];
}

const servers: ReturnType<typeof createServer>[] = [];
afterAll(() => servers.splice(0).forEach((server) => (server.closeAllConnections(), server.close())));

/** A real HTTP server that records what it is asked; undefined answers 404. It ends with the tests of the file. */
export async function serve(handler: (request: Recorded) => Answer | undefined | Promise<Answer | undefined>): Promise<Server> {
  const requests: Recorded[] = [];
  const server = createServer(async (message, response) => {
    const request = await recorded(message);
    requests.push(request);
    const { status = 200, headers = {}, body } = (await handler(request)) ?? { status: 404, body: { message: "Not Found" } };
    const raw = body === undefined || typeof body === "string" || Buffer.isBuffer(body);
    response.writeHead(status, { ...(!raw && { "content-type": "application/json" }), ...headers });
    response.end(raw ? body : JSON.stringify(body));
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}`, requests, calls: () => requests.map(({ method, path }) => `${method} ${path}`) };
}

async function recorded(message: IncomingMessage): Promise<Recorded> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  return { method: message.method ?? "", path: message.url ?? "", headers: message.headers, body: parsed(bytes.toString("utf8")), bytes };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
