import type { NotifySettings } from "../../../components/delivery/notify-settings.ts";
import type { RolloutEvent } from "../events.ts";
import type { Story } from "./story.ts";

/** The service whose rollout is told of. */
export interface Subject {
  stack: string;
  service: string;
  namespace: string;
  /** `owner/name` on GitHub. */
  repository: string;
  notify: NotifySettings;
}

export interface Context {
  subject: Subject;
  /** What was told so far, this event included. */
  story: Story;
  /** Ends what is under way when the driver ends. */
  signal: AbortSignal;
}

/** Tells one place of one event. Telling it the same event twice does nothing twice where the place allows it. @throws Refused */
export type Notify = (event: RolloutEvent, context: Context) => Promise<void>;

export interface Notifier {
  name: keyof NotifySettings;
  notify: Notify;
}

/** Names and values of environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Why a place was not told: `<what is wrong>, got <value>; <what to do>`, never with a token or a webhook in it. */
export class Refused extends Error {
  /** Seconds after which it may go better; undefined where asking again is no use. */
  readonly againAfter: number | undefined;

  constructor(message: string, againAfter?: number) {
    super(message);
    this.againAfter = againAfter;
  }
}

/** Whether people should look: it went back, failed, or is held because it had to be. */
export function isProblem(event: RolloutEvent): boolean {
  if (event.event === "held") return event.reason === "no-answer" || event.reason === "operator";
  return event.event === "rolled-back" || event.event === "failed";
}
