import type { IndicatorReading } from "../gate/types.ts";
import type { RolloutEvent } from "./events.ts";

/** One line for people; `now` is Unix seconds. */
export function textOf(event: RolloutEvent, now: number): string {
  const { service } = event;
  switch (event.event) {
    case "started":
      return `${service}: ${event.resumed ? "goes on with" : "starts"} ${event.revision} (${event.image}), ${event.strategy} over ${event.stages.map((stage) => `${stage} %`).join(", ")}`;
    case "stage":
      return `${service}: ${event.revision} has ${event.weight} % of the traffic${event.until === undefined ? "" : `, for ${leftText(Date.parse(event.until) / 1000 - now)} at least`}`;
    case "gate":
      return `${service}: ${event.verdict}, ${event.why}${figures(event.indicators)}`;
    case "baking":
      return `${service}: ${event.revision} has all traffic and is watched for ${leftText(Date.parse(event.until) / 1000 - now)}`;
    case "held":
      return `${service}: held at ${event.weight} %, ${event.reason}${event.detail === undefined ? "" : ` (${event.detail})`}; go on with: ${event.next}`;
    case "rolled-back":
      return `${service}: rolled back within ${event.seconds} s, ${event.reason}`;
    case "done":
      return `${service}: done, ${event.revision} serves (${event.image})`;
    case "failed":
      return `${service}: failed, ${event.message}; go on with: ${event.next}`;
    default:
      return event satisfies never;
  }
}

function figures(indicators: readonly IndicatorReading[]): string {
  const shown = indicators.flatMap(({ limit, name, unit, value }) => (value === null ? [] : [`${name} ${round(value)}${limit === null ? "" : ` of ${round(limit)}`} ${unit}`]));
  return shown.length === 0 ? "" : ` [${shown.join(", ")}]`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Seconds for people. */
export function leftText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 120) return `${whole} s`;
  return whole < 7200 ? `${Math.round(whole / 60)} min` : `${Math.round(whole / 3600)} h`;
}
