import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { Problem } from "../toolchain/problem.ts";

/** What listens in a lab, always on loopback. */
export const PORTS = ["etcd", "etcdPeer", "api", "discovery", "discoveryHttp", "discoveryMonitoring", "gatewayAdmin", "http", "https", "prometheus", "agent"] as const;

export type PortName = (typeof PORTS)[number];
export type Ports = Record<PortName, number>;

/**
 * Below what systems take for the near ends of connections: while a part is down, one of the connections that look for it must not
 * take its port.
 */
const RANGE = [20_000, 32_000] as const;

/** A free port for each; all are held until all are known, so that no number comes twice. */
export async function freePorts(): Promise<Ports> {
  const servers = await Promise.all(PORTS.map(async (name) => ({ name, ...(await anyFree()) })));
  await Promise.all(servers.map(({ release }) => release()));
  return recorded(PORTS, (name) => servers.find((server) => server.name === name)?.port ?? 0);
}

/** `name=number` as the command line has it. @throws Problem naming each one that is wrong */
export function parsePorts(wishes: readonly string[]): Partial<Ports> {
  const parsed = wishes.map((wish) => {
    const [name = "", value = ""] = wish.split("=");
    const known = PORTS.find((each) => each === name);
    const port = Number(value);
    if (known === undefined) return { problem: `--port: no such name, got "${wish}"; use one of ${PORTS.join(", ")}` };
    if (!Number.isInteger(port) || port < 1 || port > 65_535) return { problem: `--port ${name}: not a port, got "${value}"; give a number from 1 to 65535` };
    return { known, port };
  });
  const problems = parsed.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) throw new Problem(problems.join("\n"));
  return Object.fromEntries(parsed.map(({ known, port }) => [known, port]));
}

function recorded<const Key extends string, Value>(keys: readonly Key[], of: (key: Key) => Value): Record<Key, Value>;
function recorded<Value>(keys: readonly string[], of: (key: string) => Value): Record<string, Value> {
  return Object.fromEntries(keys.map((key) => [key, of(key)]));
}

interface Held {
  port: number;
  release: () => Promise<void>;
}

async function anyFree(tries = 100): Promise<Held> {
  const found = await held(randomInt(...RANGE));
  if (found !== undefined) return found;
  if (tries === 0) throw new Problem(`lab: no free port, got 100 taken ones between ${RANGE.join(" and ")}; name ports with --port`);
  return anyFree(tries - 1);
}

/** Takes a port, or undefined where somebody has it. */
function held(port: number): Promise<Held | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => resolve({ port, release: () => new Promise((done) => void server.close(() => done())) }));
  });
}
