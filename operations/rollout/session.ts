import { join } from "node:path";
import { controllerOf } from "../../components/delivery/engine-settings.ts";
import type { Sections } from "../../settings/index.ts";
import { nearest } from "../../settings/nearest.ts";
import { withLock } from "../../toolchain/lock.mjs";
import { root, sandboxFolders } from "../../toolchain/paths.ts";
import { Problem } from "../../toolchain/problem.ts";
import { auditLog } from "../audit/log.ts";
import { stackSettings } from "../stacks/stackSettings.ts";
import { secondsOf } from "./course.ts";
import type { Occurrence } from "./events.ts";
import { announcer } from "./notify/announcer.ts";
import { openStack } from "./stack.ts";
import { stopping } from "./stopping.ts";
import { teller } from "./tell.ts";
import type { Ports } from "./track.ts";

/** What every rollout command takes. */
export interface SessionOptions {
  stack: string;
  /** In the embedded cloud. @default false */
  sandbox?: boolean | undefined;
  /** Events as JSON lines. @default lines for people */
  json?: boolean | undefined;
  /** File of the audit log. @default .slipway/audit/<stack>.jsonl, of the embedded cloud .sandbox/audit/<stack>.jsonl */
  audit?: string | undefined;
  /** The driver ends after it; the rollout stays where it is. */
  leaveAfter?: string | undefined;
}

export interface Session {
  settings: Sections;
  ports: Ports;
  /** Tells those who are to be told, besides this terminal and the log. */
  announce(service: string, occurrence: Occurrence): void;
}

/** Seconds for the last messages: a runner that was cancelled has seven in all. */
const LAST_WORDS = 3;

/** Everything outside of a driver, opened for one command and closed after it. `announced`: whether all that is told is announced too; `check`: throws before anything is opened. */
export async function inSession<T>(services: readonly string[], options: SessionOptions, use: (session: Session) => Promise<T>, { announced = true, check }: { announced?: boolean; check?: (session: Pick<Session, "settings">) => unknown } = {}): Promise<T> {
  const settings = stackSettings(options.stack);
  checkServices(services, settings, options.stack);
  const log = auditLog(auditFile(options));
  const leaveAfter = options.leaveAfter === undefined ? undefined : secondsOf("--leave-after", options.leaveAfter);
  check?.({ settings });
  const stack = await openStack(options.stack, { sandbox: options.sandbox });
  const stop = stopping(leaveAfter);
  const told = announcer(services, settings, options.stack, { environment: process.env, complain: (line) => console.error(line) });
  const announce: Session["announce"] = (service, occurrence) => told.tell({ at: new Date().toISOString(), service, ...occurrence });
  const ports: Ports = {
    stack,
    now: () => Date.now() / 1000,
    pause: stop.pause,
    stopped: stop.stopped,
    signal: stop.signal,
    commandLine: (name, service) => `slipway ${name} ${service} --stack ${options.stack}${options.sandbox === true ? " --sandbox" : ""}`,
    tell: teller({
      json: options.json === true, line: (text) => console.log(text), log, file: auditFile(options), complain: (text) => console.error(text), now: () => Date.now() / 1000,
      announce: announced ? (event) => told.tell(event) : undefined,
    }),
  };
  try {
    return await use({ settings, ports, announce });
  } finally {
    stop.close();
    await told.settled(LAST_WORDS);
    await stack.close();
  }
}

/** One driver a service: a second one is told who is at it. */
export async function alone<T>(services: readonly string[], options: SessionOptions, work: () => Promise<T>): Promise<T> {
  const settings = stackSettings(options.stack);
  checkServices(services, settings, options.stack);
  checkEngines(services, settings, options.stack);
  return locked([...services].sort(), options, work);
}

async function locked<T>([service, ...rest]: readonly string[], options: SessionOptions, work: () => Promise<T>): Promise<T> {
  if (service === undefined) return work();
  const { sandbox, stack } = options;
  const folder = join(baseOf(sandbox), "locks", `rollout-${stack}-${service}`);
  const waiting = (pid: number): void => {
    throw new Problem(`${service}: is driven by another process, got ${pid}; look at it with slipway status ${service} --stack ${stack}, or stop that one first`);
  };
  return withLock(folder, () => locked(rest, options, work), { waiting });
}

/** Where drivers of this machine write what they do. */
export function auditFile({ audit, sandbox, stack }: Pick<SessionOptions, "audit" | "sandbox" | "stack">): string {
  return audit ?? join(baseOf(sandbox), "audit", `${stack}.jsonl`);
}

function baseOf(sandbox: boolean | undefined): string {
  return sandbox === true ? sandboxFolders().base : join(root, ".slipway");
}

/** What a controller moves, a driver must not. */
function checkEngines(services: readonly string[], { services: settings }: Sections, stack: string): void {
  const problems = services.filter((service) => controllerOf(settings[service]?.rollout ?? {}) !== undefined)
    .map((service) => `services.${service}.rollout.engine: its weights are Flagger's, which no driver may move, got "flagger"; name its image in Pulumi.${stack}.yaml and look at the Canary with slipway status ${service} --stack ${stack}`);
  if (problems.length > 0) throw new Problem(problems.join("\n"));
}

function checkServices(services: readonly string[], settings: Sections, stack: string): void {
  const known = Object.keys(settings.services);
  const problems = services.filter((service) => !Object.hasOwn(settings.services, service))
    .map((service) => `${service}: is no service of stack ${stack}; write ${nearest(service, known) ?? (known.join(", ") || "one that it declares")}`);
  if (problems.length > 0) throw new Problem(problems.join("\n"));
}
