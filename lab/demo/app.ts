/**
 * The app that every pod of the lab runs. It listens on a free loopback port for each name in LAB_PORTS, tells its parent which, speaks
 * HTTP/1.1 and gRPC on each, and ends with its parent.
 */
import { createServer as createHttp } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttp2 } from "node:http2";
import type { ServerHttp2Stream, IncomingHttpHeaders } from "node:http2";
import { createServer } from "node:net";
import { drawnLatency, knobsOf } from "./knobs.ts";
import type { Knobs } from "./knobs.ts";

/** The first bytes of a connection that speaks HTTP/2. */
const PREFACE = "PRI * HTTP/2.0";

/** Requests under way. */
let pending = 0;
let leaving = false;
let knobs: Knobs = knobsOf(process.env);
const born = Date.now();
const pod = process.env["LAB_POD"] ?? "";
const uniform = () => 1 - Math.random();

const serving = () => !knobs.neverReady && Date.now() - born >= knobs.startMs;
const probed = (headers: IncomingHttpHeaders) => headers["user-agent"]?.startsWith("kube-probe/") ?? false;

/** Waits as long as this request takes, then says whether it fails. */
async function fate(): Promise<boolean> {
  const milliseconds = drawnLatency(knobs, uniform);
  if (milliseconds > 0) await new Promise((done) => setTimeout(done, milliseconds));
  return Math.random() < knobs.errorShare;
}

/** Counts a request until it is answered or its caller is gone. */
function underWay(exchange: ServerResponse | ServerHttp2Stream): void {
  pending++;
  exchange.once("close", () => {
    pending--;
    leave();
  });
}

/** Ends once nothing is under way. */
function leave(): void {
  if (leaving && pending === 0) setImmediate(() => process.exit(0));
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  underWay(response);
  request.resume();
  const code = probed(request.headers) ? (serving() ? 200 : 503) : (await fate()) ? 500 : 200;
  response.writeHead(code, { "content-type": "application/json", "x-version": knobs.version, ...(leaving && { connection: "close" }) });
  response.end(`${JSON.stringify({ version: knobs.version, pod })}\n`);
}

/** A message of one enumeration: the health protocol's SERVING is 1, NOT_SERVING 2. */
const message = (value: number) => Buffer.from([0, 0, 0, 0, 2, 8, value]);

async function answerGrpc(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
  underWay(stream);
  stream.resume();
  stream.on("error", () => stream.destroy());
  const failed = !probed(headers) && (await fate());
  if (stream.destroyed) return;
  stream.respond({ ":status": 200, "content-type": "application/grpc", "x-version": knobs.version }, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": failed ? "13" : "0" }));
  stream.end(failed ? undefined : message(serving() ? 1 : 2));
}

const http = createHttp((request, response) => void answer(request, response));
http.keepAliveTimeout = 60_000;
const http2 = createHttp2();
http2.on("stream", (stream, headers) => void answerGrpc(stream, headers));
http2.on("sessionError", () => undefined);

function listen(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.once("error", () => socket.destroy());
      socket.once("data", (first: Buffer) => {
        // The session or parser that takes over reads what has come already.
        socket.pause();
        socket.unshift(first);
        if (first.toString("latin1").startsWith(PREFACE)) http2.emit("connection", socket);
        else http.emit("connection", socket.resume());
      });
    });
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") return reject(new Error("a socket without a port"));
      resolve(address.port);
    });
  });
}

function armCrash(): void {
  if (knobs.crashAfterMs >= 0) setTimeout(() => knobs.crashAfterMs >= 0 && process.exit(1), Math.max(0, born + knobs.crashAfterMs - Date.now()));
}

process.on("message", (change: Partial<Knobs>) => {
  knobs = { ...knobs, ...change };
  armCrash();
});
process.on("disconnect", () => process.exit(0));
process.on("SIGTERM", () => {
  leaving = true;
  leave();
});

armCrash();
const names: string[] = JSON.parse(process.env["LAB_PORTS"] ?? '["http"]');
const ports = await Promise.all(names.map(async (name) => [name, await listen()] as const));
process.send?.(Object.fromEntries(ports));
