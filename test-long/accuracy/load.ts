import { Agent, request } from "node:http";

/** Calls revisions at fixed rates, whatever they answer: `node load.ts <these as JSON>`, until it is told anything. */
export interface LoadArgs {
  targets: { name: string; port: number; perSecond: number }[];
}

/** What the parent is told when it ends: requests by target that met no answer. */
export type Unanswered = Record<string, number>;

const { targets }: LoadArgs = JSON.parse(process.argv[2] ?? "");
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const unanswered: Unanswered = {};
const began = performance.now();
let ending = false;

function call(name: string, port: number, number: number): void {
  const headers = number % 3 === 0 ? { "content-type": "application/grpc" } : {};
  const sent = request({ agent, headers, host: "127.0.0.1", port, path: "/" }, (response) => response.resume());
  sent.on("error", () => ending || (unanswered[name] = (unanswered[name] ?? 0) + 1));
  sent.end();
}

for (const { name, perSecond, port } of targets) {
  let sent = 0;
  // As many as are due by now: a late timer does not lower the rate.
  setInterval(() => {
    for (const due = ((performance.now() - began) / 1000) * perSecond; sent < due; sent++) call(name, port, sent);
  }, 1000 / perSecond);
}
const end = (): void => {
  ending = true;
  process.send?.(unanswered, () => process.exit());
};
process.on("message", end);
process.on("disconnect", () => process.exit());
