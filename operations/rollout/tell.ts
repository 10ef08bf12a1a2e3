import type { AuditLog } from "../audit/log.ts";
import type { Occurrence, RolloutEvent } from "./events.ts";
import { textOf } from "./text.ts";

/** Where a driver's words go. */
export interface Hearers {
  /** Events as JSON lines; else lines for people. */
  json: boolean;
  line(text: string): void;
  log: AuditLog;
  /** Name of the log's file. */
  file: string;
  complain(text: string): void;
  announce?: ((event: RolloutEvent) => void) | undefined;
  /** Unix seconds. */
  now(): number;
}

/** Tells everybody. Of the gate's looks the log keeps those that say something new; a log that cannot be written is told once, and stops nothing. */
export function teller({ announce, complain, file, json, line, log, now }: Hearers): (service: string, occurrence: Occurrence) => Promise<void> {
  const verdicts = new Map<string, string>();
  let told = false;
  return async (service, occurrence) => {
    const event: RolloutEvent = { at: new Date(now() * 1000).toISOString(), service, ...occurrence };
    line(json ? JSON.stringify(event) : textOf(event, now()));
    announce?.(event);
    if (event.event === "gate" && event.verdict === verdicts.get(service)) return;
    if (event.event === "gate") verdicts.set(service, event.verdict);
    try {
      await log.append(event);
    } catch (error) {
      // A full disk must not keep a driver from taking traffic away.
      if (!told) complain(`${file}: cannot be written, got "${error instanceof Error ? error.message : String(error)}"; make room for it: what the driver does until then is on standard output alone`);
      told = true;
    }
  };
}
