import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ruleGroups, rulesDocument } from "../../components/observability/prometheus-rules.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { AppArgs } from "./app.ts";
import type { Behaviour } from "./behaviour.ts";
import type { LoadArgs, Unanswered } from "./load.ts";
import { startPrometheus } from "./prometheus.ts";
import type { Prometheus } from "./prometheus.ts";
import { until } from "./until.ts";

const HERE = import.meta.dirname;

/** A service with its two revisions; the stable one is called three times as often. */
export interface Scenario {
  level: ServiceLevel;
  stable: Behaviour;
  canary: Behaviour;
}

export interface World {
  prometheus: Prometheus;
  /** Seconds since 1970 at which every process had been scraped: Prometheus cannot know what a counter was before. */
  began: number;
  logOf(service: string): string;
  /** Kills one revision and starts it again in its place, as a container that crashed. */
  restart(service: string, revision: "stable" | "canary"): Promise<void>;
  /** Ends the load and says which calls met no answer. */
  endLoad(): Promise<Unanswered>;
  stop(): Promise<void>;
}

const PER_SECOND = { stable: 60, canary: 20 };

/** Every service of the scenarios as processes, under load, and a Prometheus that scrapes them each second with the services' own rules. */
export async function startWorld(folder: string, scenarios: readonly Scenario[]): Promise<World> {
  const children = new Set<ChildProcess>();
  const run = async <T>(file: string, args: AppArgs | LoadArgs): Promise<{ child: ChildProcess; first: T }> => {
    const child = fork(join(HERE, file), [JSON.stringify(args)], { execArgv: [], env: { PATH: process.env["PATH"] } });
    children.add(child);
    if (file === "load.ts") await once(child, "spawn");
    const [first] = file === "app.ts" ? await once(child, "message") : [];
    return { child, first };
  };
  const logOf = (service: string): string => join(folder, `${service}.log`);
  const apps = new Map<string, { child: ChildProcess; port: number; args: AppArgs }>();
  const start = async (args: AppArgs): Promise<void> => {
    const { child, first } = await run<number>("app.ts", args);
    apps.set(`${args.service} ${args.revision}`, { child, port: first, args });
  };
  for (const { level: { namespace, service }, ...behaviours } of scenarios) {
    for (const revision of ["stable", "canary"] as const) await start({ service, namespace, revision, behaviour: behaviours[revision], port: 0, log: logOf(service) });
  }
  const targets = [...apps].map(([name, { args: { namespace, revision, service }, port }]) => ({ name, port, namespace, pod: `${service}-${revision}`, perSecond: PER_SECOND[revision === "stable" ? "stable" : "canary"] }));
  writeFileSync(join(folder, "rules.yml"), JSON.stringify(everyFiveSeconds(scenarios.map(({ level }) => level))));
  const { child: load } = await run("load.ts", { targets });
  // A code that is first met between two scrapes counts from the second; here each is there at the first.
  await until("every kind of answer", 60, async () => scenarios.every((scenario) => kindsIn(logOf(scenario.level.service)) === kindsOf(scenario)) || undefined);
  const prometheus = await startPrometheus(folder, {
    global: { scrape_interval: "1s", scrape_timeout: "1s" },
    rule_files: ["rules.yml"],
    scrape_configs: [{ job_name: "sidecars", static_configs: targets.map(({ namespace, pod, port }) => ({ targets: [`127.0.0.1:${port}`], labels: { namespace, pod } })) }],
  });
  const stop = async (): Promise<void> => {
    for (const child of children) child.kill("SIGKILL");
    await prometheus.stop();
  };
  const began = await until("the first scrapes", 30, async () => {
    const up = (await prometheus.newest("up")).filter(({ value }) => value === 1);
    return up.length === targets.length ? Math.max(...up.map(({ at }) => at)) : undefined;
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    prometheus, began, logOf, stop,
    restart: async (service, revision) => {
      const app = apps.get(`${service} ${revision}`);
      if (app === undefined) throw new Error(`${service} has no revision ${revision}`);
      app.child.kill("SIGKILL");
      await once(app.child, "exit");
      await start({ ...app.args, port: app.port });
    },
    endLoad: async () => {
      load.send("end");
      const [unanswered] = await once(load, "message");
      return unanswered;
    },
  };
}

/** Different revisions, codes and gRPC statuses in a log. */
function kindsIn(log: string): number {
  return existsSync(log) ? new Set(readFileSync(log, "utf8").trimEnd().split("\n").map((line) => line.split(" ").slice(1, 4).join(" "))).size : 0;
}

/** HTTP 200, gRPC 0 and 5; and where some fail HTTP 503 and gRPC 14. */
function kindsOf({ canary, stable }: Scenario): number {
  return [canary, stable].reduce((sum, { failing }) => sum + (failing > 0 ? 5 : 3), 0);
}

/** The services' rules as they are, but evaluated more often: only so can a window's end be compared to the second. */
function everyFiveSeconds(levels: readonly ServiceLevel[]): object {
  const { groups } = rulesDocument(levels.flatMap((level) => ruleGroups(level)));
  return { groups: groups.map((group) => ({ ...group, interval: "5s" })) };
}
