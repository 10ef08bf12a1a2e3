import type { Sections } from "../../../settings/index.ts";
import type { RolloutEvent } from "../events.ts";
import { notifiers, subjectOf } from "./notifiers.ts";
import { NOTHING, withEvent } from "./story.ts";
import type { Story } from "./story.ts";
import { Refused } from "./types.ts";
import type { Context, Environment, Notifier, Subject } from "./types.ts";

/** Tells everybody who is to be told, and never stands in the way of the rollout. */
export interface Announcer {
  /** Returns at once and never throws; each place gets its events one after the other. */
  tell(event: RolloutEvent): void;
  /** Waits until all is told, `seconds` at most, and gives the rest up. Never rejects. */
  settled(seconds?: number): Promise<void>;
}

export interface AnnouncerOptions {
  environment: Environment;
  /** Gets each failure once: `services.<name>.rollout.notify.<place>: <what is wrong>; <what to do>`. */
  complain(line: string): void;
  /** Between the two tries of one event. @default a timer */
  pause?: ((seconds: number, signal: AbortSignal) => Promise<void>) | undefined;
}

interface Listener {
  subject: Subject;
  notifier: Notifier;
  /** Everything handed to it so far. */
  queue: Promise<void>;
  waiting: number;
}

/** An announcer of the services of one driver. */
export function announcer(services: readonly string[], sections: Pick<Sections, "owner" | "services">, stack: string, options: AnnouncerOptions): Announcer {
  const subjects = services.flatMap((service) => subjectOf(service, sections, stack) ?? []);
  return announcing(subjects.flatMap((subject) => notifiers(subject, options.environment).map((notifier) => ({ subject, notifier }))), options);
}

/** The same over notifiers that are there already. */
export function announcing(told: readonly Pick<Listener, "subject" | "notifier">[], { complain, pause = timer }: Omit<AnnouncerOptions, "environment">): Announcer {
  const listeners = told.map((each): Listener => ({ ...each, queue: Promise.resolve(), waiting: 0 }));
  const stories = new Map<string, Story>();
  const complained = new Set<string>();
  const end = new AbortController();
  const failed = ({ notifier: { name }, subject: { service } }: Listener, error: unknown): void => {
    const why = error instanceof Refused ? error.message : `it failed, got ${String(error)}; report it`;
    const line = `services.${service}.rollout.notify.${name}: ${why}`;
    if (complained.has(line)) return;
    complained.add(line);
    complain(line);
  };
  async function deliver({ notifier: { notify } }: Listener, event: RolloutEvent, context: Context): Promise<void> {
    if (end.signal.aborted) throw new Refused("the driver ended before everything was told; read the rest in its audit log");
    try {
      await notify(event, context);
    } catch (error) {
      if (!(error instanceof Refused) || error.againAfter === undefined || end.signal.aborted) throw error;
      await pause(error.againAfter, end.signal);
      await notify(event, context);
    }
  }
  return {
    tell(event) {
      const story = withEvent(stories.get(event.service) ?? NOTHING, event);
      stories.set(event.service, story);
      for (const listener of listeners) {
        const { subject, waiting } = listener;
        // Looks come every few seconds: a place that is behind learns of the next one.
        if (subject.service !== event.service || (event.event === "gate" && waiting > 0)) continue;
        listener.waiting += 1;
        listener.queue = listener.queue
          .then(() => deliver(listener, event, { subject, story, signal: end.signal }))
          .catch((error: unknown) => failed(listener, error))
          .finally(() => (listener.waiting -= 1));
      }
    },
    async settled(seconds = 5) {
      const late = setTimeout(() => end.abort(), seconds * 1000);
      await Promise.all(listeners.map(({ queue }) => queue));
      clearTimeout(late);
    },
  };
}

function timer(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(running);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const running = setTimeout(end, seconds * 1000);
    signal.addEventListener("abort", end);
  });
}
