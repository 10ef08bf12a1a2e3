import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Api, KubernetesObject } from "../api.ts";
import { local } from "../parts/part.ts";
import { keyOf } from "./pod.ts";
import { Watched } from "./watch.ts";

interface PrometheusRule extends KubernetesObject {
  spec: { groups?: object[] };
}

/** The rule files that stand for the PrometheusRules of the cluster, by name. */
export function ruleFiles(rules: Iterable<PrometheusRule>): Map<string, string> {
  return new Map([...rules].map((rule) => [`${keyOf(rule).replace("/", ".")}.yaml`, stringify({ groups: rule.spec.groups ?? [] })]));
}

/** Gives Prometheus the rules of the cluster and keeps it so, as its operator would. */
export async function followRules(api: Api, { folder, port, signal }: { folder: string; port: number; signal: AbortSignal }): Promise<void> {
  const written = new Map<string, string>();
  for (const old of readdirSync(folder)) rmSync(join(folder, old));
  const watched: Watched<PrometheusRule> = new Watched(api, "/apis/monitoring.coreos.com/v1/prometheusrules", () => {
    const wanted = ruleFiles(watched.objects.values());
    const gone = [...written.keys()].filter((name) => !wanted.has(name));
    const changed = [...wanted].filter(([name, text]) => written.get(name) !== text);
    for (const name of gone) {
      rmSync(join(folder, name), { force: true });
      written.delete(name);
    }
    for (const [name, text] of changed) {
      writeFileSync(join(folder, name), text);
      written.set(name, text);
    }
    if (gone.length + changed.length > 0) void reload(port);
  });
  await watched.run(signal);
}

/** A Prometheus that is away reads the files when it starts. */
async function reload(port: number): Promise<void> {
  try {
    const answer = await fetch(local(port, "/-/reload"), { method: "POST", signal: AbortSignal.timeout(5000) });
    if (!answer.ok) process.stderr.write(`prometheus: does not take the rules, got ${answer.status} ${await answer.text()}\n`);
  } catch (error) {
    process.stderr.write(`prometheus: not there to take the rules, got "${String(error)}"\n`);
  }
}
