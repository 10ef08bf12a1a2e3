import type { RolloutEvent } from "../events.ts";
import { textOf } from "../text.ts";

/** What one driver said of one service's rollout so far. */
export interface Story {
  /** Id of the revision that is rolled out; absent until an event names it. */
  revision?: string | undefined;
  image?: string | undefined;
  /** Of the event `started`. */
  started?: { at: string; resumed: boolean } | undefined;
  /** Per cent. */
  weight?: number | undefined;
  /** The gate's last word. */
  gate?: Extract<RolloutEvent, { event: "gate" }> | undefined;
  /** Oldest first; of the gate's looks those that say another verdict than the look before. */
  history: readonly Happened[];
}

export interface Happened {
  /** ISO 8601, UTC. */
  at: string;
  what: string;
}

export const NOTHING: Story = { history: [] };

/** A rollout of days has no more lines than people read. */
const LONGEST = 200;

/** The story with one more event. */
export function withEvent(story: Story, event: RolloutEvent): Story {
  const isOld = event.event === "gate" && event.verdict === story.gate?.verdict;
  const history = isOld ? story.history : [...story.history, { at: event.at, what: sentence(event) }].slice(-LONGEST);
  return { ...story, ...learned(event), history };
}

/** One line for people, as the driver shows it. */
export function sentence(event: RolloutEvent): string {
  return textOf(event, Date.parse(event.at) / 1000);
}

function learned(event: RolloutEvent): Partial<Story> {
  switch (event.event) {
    case "started":
      return { revision: event.revision, image: event.image, started: { at: event.at, resumed: event.resumed } };
    case "stage":
    case "held":
      return { revision: event.revision, weight: event.weight };
    case "gate":
      return { gate: event };
    case "baking":
      return { revision: event.revision, weight: 100 };
    case "rolled-back":
      return { revision: event.revision, weight: 0 };
    case "done":
      return { revision: event.revision, image: event.image, weight: 100 };
    case "failed":
      return {};
    default:
      return event satisfies never;
  }
}
