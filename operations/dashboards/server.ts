import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname } from "node:path";
import { Problem } from "../../toolchain/problem.ts";
import { LIMIT_ADDRESS, LIMIT_BYTES, LIMIT_MILLISECONDS, upstreamProblem, wanted } from "./upstream.ts";

export interface ServeArgs {
  /** The page's files by path. */
  page: Readonly<Record<string, string>>;
  /** The one address that is asked. */
  prometheus: URL;
  /** 0 takes a free one. */
  port: number;
  /** Of one answer. @default 30 seconds and 32 MiB */
  limits?: { milliseconds: number; bytes: number };
}

export interface Server {
  port: number;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8" };

/** Nothing but what this server sends may run, and nobody else may be asked or show the page in a frame. */
const HEADERS = {
  "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** Serves the page on this machine alone and passes its queries on to one Prometheus. @throws Problem when the port is taken */
export async function serve({ limits = { milliseconds: LIMIT_MILLISECONDS, bytes: LIMIT_BYTES }, page, port, prometheus }: ServeArgs): Promise<Server> {
  const server = createServer({ maxHeaderSize: LIMIT_ADDRESS * 2 }, (request, response) => {
    const to = wanted(request, prometheus, boundPort());
    if (to.kind === "refused") return refuse(response, to.status, to.error);
    if (to.kind === "query") return void passOn(to.address, response, request, prometheus, limits);
    const text = Object.hasOwn(page, to.path) ? page[to.path] : undefined;
    if (text === undefined) return refuse(response, 404, `path: there is no such file, got "/${to.path}"; open /`);
    return void response.writeHead(200, { ...HEADERS, "content-type": TYPES[extname(to.path)] ?? "text/plain" }).end(text);
  });
  const boundPort = (): number => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : port;
  };
  await new Promise<void>((listening, failed) => {
    server.once("error", (error) => failed(new Problem(`--port: cannot be listened on, got ${port} (${error.message}); write 0 for any free one`)));
    server.listen(port, "127.0.0.1", listening);
  });
  return {
    port: boundPort(),
    close: () => new Promise((closed, failed) => {
      server.close((error) => (error === undefined ? closed() : failed(error)));
      server.closeAllConnections();
    }),
  };
}

/** As Prometheus words its own errors, so that the page shows them alike. */
function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { ...HEADERS, "content-type": "application/json" }).end(JSON.stringify({ status: "error", errorType: "slipway", error }));
}

async function passOn(address: URL, response: ServerResponse, request: IncomingMessage, prometheus: URL, { bytes, milliseconds }: NonNullable<ServeArgs["limits"]>): Promise<void> {
  const gone = new AbortController();
  const late = AbortSignal.timeout(milliseconds);
  request.once("close", () => gone.abort());
  try {
    const answer = await fetch(address, { redirect: "error", signal: AbortSignal.any([gone.signal, late]), headers: { accept: "application/json" } });
    const text = await limited(answer, bytes);
    response.writeHead(answer.status, { ...HEADERS, "content-type": "application/json" }).end(text);
  } catch (error) {
    if (gone.signal.aborted || response.destroyed) return;
    const { error: said, status } = upstreamProblem(error, late.aborted, prometheus, milliseconds);
    refuse(response, status, said);
  }
}

/** The whole answer. @throws RangeError as soon as it is longer than `bytes` */
async function limited(answer: Response, bytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.byteLength;
    if (length > bytes) throw new RangeError(`Prometheus answers with more than ${Math.round(bytes / 1024 / 1024)} MiB; choose a shorter time range or fewer series`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
