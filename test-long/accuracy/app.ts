import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { answer } from "./behaviour.ts";
import type { Behaviour } from "./behaviour.ts";
import { Sidecar } from "./exposition.ts";
import type { Workload } from "./exposition.ts";

/** One revision of a service, as a process: `node app.ts <these as JSON>`. Its parent learns the port. */
export interface AppArgs extends Workload {
  behaviour: Behaviour;
  /** 0 for a free one. */
  port: number;
  /** File to which it adds a line for each request that it answered. */
  log: string;
}

const { behaviour, log, port, ...workload }: AppArgs = JSON.parse(process.argv[2] ?? "");
const sidecar = new Sidecar(workload);
let requests = 0;

const server = createServer(({ headers, url }, response) => {
  if (url === "/metrics") return response.setHeader("content-type", "text/plain; version=0.0.4").end(sidecar.text());
  const began = performance.now();
  const given = answer(behaviour, requests++, headers["content-type"] === "application/grpc");
  setTimeout(() => {
    const measured = { ...given, milliseconds: performance.now() - began };
    // Both in one go: a process that is killed has logged what it counted.
    sidecar.count(measured);
    appendFileSync(log, `${Date.now()} ${workload.revision} ${measured.status} ${measured.grpc ?? "-"} ${measured.milliseconds.toFixed(3)}\n`);
    response.writeHead(measured.status, measured.grpc === undefined ? {} : { "content-type": "application/grpc", "grpc-status": `${measured.grpc}` }).end();
  }, given.milliseconds);
});
// A connection that ends just as a call is made would be an unanswered call.
server.keepAliveTimeout = 3_600_000;
server.listen(port, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});
process.on("disconnect", () => process.exit());
