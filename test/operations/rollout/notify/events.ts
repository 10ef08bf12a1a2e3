import type { NotifySettings } from "../../../../components/delivery/notify-settings.ts";
import type { Occurrence, RolloutEvent } from "../../../../operations/rollout/events.ts";
import { NOTHING, withEvent } from "../../../../operations/rollout/notify/story.ts";
import type { Context, Notify, Subject } from "../../../../operations/rollout/notify/types.ts";

export const IMAGE = `ghcr.io/acme/shop@sha256:${"a".repeat(64)}`;

export function subject(notify: NotifySettings = {}, more: Partial<Subject> = {}): Subject {
  return { stack: "production", service: "shop", namespace: "shop", repository: "acme/shop", notify, ...more };
}

/** What a driver says, in its order; each event a minute after the one before. */
export const SAID = {
  started: { event: "started", image: IMAGE, revision: "r1", strategy: "canary", stages: [10, 100], resumed: false },
  resumed: { event: "started", image: IMAGE, revision: "r1", strategy: "canary", stages: [10, 100], resumed: true },
  stage: { event: "stage", stage: 1, weight: 10, revision: "r1" },
  pass: { event: "gate", verdict: "pass", samples: 200, indicators: [{ name: "errors", value: 0.5, limit: 5, unit: "%", samples: 200, evidence: 0 }], why: "200 requests are enough" },
  breach: { event: "gate", verdict: "breach", samples: 90, indicators: [{ name: "errors", value: 9.123, limit: 5, unit: "%", samples: 90, evidence: 1 }, { name: "p95", value: null, limit: 2000, unit: "ms", samples: 0, evidence: 0 }], why: "9.1 % of 90 requests failed" },
  baking: { event: "baking", revision: "r1", until: "2026-11-21T11:00:00.000Z" },
  approval: { event: "held", reason: "approval", weight: 10, revision: "r1", next: "slipway promote shop --stack production" },
  silent: { event: "held", reason: "no-answer", detail: "Prometheus gave no answer", weight: 10, revision: "r1", next: "slipway rollout shop --stack production" },
  rolledBack: { event: "rolled-back", reason: "errors 9.1 %", seconds: 4.2, revision: "r1" },
  done: { event: "done", image: IMAGE, revision: "r1" },
  failed: { event: "failed", message: "the update failed", next: "slipway rollout shop --stack production" },
} as const satisfies Record<string, Occurrence>;

export function eventsOf(occurrences: readonly Occurrence[], service = "shop"): RolloutEvent[] {
  return occurrences.map((occurrence, index) => ({ at: new Date(Date.UTC(2026, 10, 21, 10, index)).toISOString(), service, ...occurrence }));
}

/** The last event and what a notifier gets with it. */
export function lastOf(occurrences: readonly Occurrence[], of: Subject = subject()): [RolloutEvent, Context] {
  const events = eventsOf(occurrences, of.service);
  const last = events.at(-1);
  if (last === undefined) throw new Error("no event, so no last one");
  return [last, { subject: of, story: events.reduce(withEvent, NOTHING), signal: new AbortController().signal }];
}

/** Tells a notifier one event after the other. */
export async function tellAll(notify: Notify, occurrences: readonly Occurrence[], of: Subject = subject()): Promise<void> {
  for (const [index] of occurrences.entries()) await notify(...lastOf(occurrences.slice(0, index + 1), of));
}
