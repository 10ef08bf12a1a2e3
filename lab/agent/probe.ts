import { get } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import type { Probe } from "./pod.ts";

/** Finds the local port of a container's port, by name or number. */
export type PortOf = (port: number | string) => number | undefined;

/** The header by which the demo app tells a probe from a request; a kubelet's says the same. */
export const PROBE_AGENT = "kube-probe/1.36";

/** Asks a probe once. Commands are not run: where the process lives, they pass. */
export function askProbe(probe: Probe, portOf: PortOf): Promise<boolean> {
  const port = portOf((probe.httpGet ?? probe.tcpSocket ?? probe.grpc)?.port ?? "");
  const limit = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.exec) return Promise.resolve(true);
  if (port === undefined) return Promise.resolve(false);
  if (probe.httpGet) return askHttp(port, probe.httpGet.path ?? "/", limit);
  return probe.grpc ? askGrpc(port, limit) : askTcp(port, limit);
}

function askHttp(port: number, path: string, limit: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = get({ host: "127.0.0.1", port, path, agent: false, headers: { "user-agent": PROBE_AGENT }, signal: AbortSignal.timeout(limit) }, (answer) => {
      answer.resume();
      const code = answer.statusCode ?? 0;
      resolve(code >= 200 && code < 400);
    });
    asked.on("error", () => resolve(false));
  });
}

function askTcp(port: number, limit: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const end = (fine: boolean) => {
      socket.destroy();
      resolve(fine);
    };
    socket.setTimeout(limit, () => end(false)).on("connect", () => end(true)).on("error", () => end(false));
  });
}

/** grpc.health.v1.Health/Check with an empty request; SERVING is the second byte of the answer's message. */
function askGrpc(port: number, limit: number): Promise<boolean> {
  return new Promise((resolve) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const end = (fine: boolean) => {
      session.destroy();
      resolve(fine);
    };
    session.on("error", () => end(false));
    const stream = session.request({ ":method": "POST", ":path": "/grpc.health.v1.Health/Check", "content-type": "application/grpc", te: "trailers", "user-agent": PROBE_AGENT });
    const chunks: Buffer[] = [];
    stream.setTimeout(limit, () => end(false));
    stream.on("error", () => end(false)).on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => end(Buffer.concat(chunks)[6] === 1));
    stream.end(Buffer.alloc(5));
  });
}
