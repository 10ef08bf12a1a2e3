/** The lab's node as a process: `node main.ts <the lab's folder>`. */
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { Api } from "../api.ts";
import { requireLab } from "../folder.ts";
import { metrics } from "./metrics.ts";
import { LabNode } from "./node.ts";
import { followRules } from "./rules.ts";

const lab = requireLab(process.argv[2] ?? "");
const at = (name: string) => join(lab.folder, name);
const api = new Api(lab);
const stopping = new AbortController();
mkdirSync(at("log/pods"), { recursive: true });
const node = new LabNode({ api, cap: lab.processes, knobs: at("knobs"), logs: at("log/pods") });
let ready = false;

const server = createServer((request, response) => {
  if (request.url === "/ready") return response.writeHead(ready ? 200 : 503).end();
  const pods = [...node.pods.objects].flatMap(([key, pod]) => {
    const runner = node.runners.get(key);
    return runner === undefined ? [] : [{ pod, health: runner.health }];
  });
  return response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(metrics(pods));
});
server.listen(lab.ports.agent, "127.0.0.1");

process.once("SIGTERM", () => {
  stopping.abort();
  void node.stop().then(() => process.exit(0));
});
await Promise.all([node.run(() => (ready = true)), followRules(api, { folder: at("rules"), port: lab.ports.prometheus, signal: stopping.signal })]);
