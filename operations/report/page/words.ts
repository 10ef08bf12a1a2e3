import { html } from "./html.ts";
import type { Html } from "./html.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** `21 Nov 2026, 20:32`, in UTC. What is no time is shown as it is. */
export function moment(at: string): Html {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return html`${at}`;
  const [day, clock] = [`${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`, date.toISOString().slice(11, 16)];
  return html`<time datetime="${date.toISOString()}">${day}, ${clock}</time>`;
}

/** Seconds for people: the largest unit of which there are two. */
export function lengthText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return `${Math.round(whole / 60)} min`;
  return whole < 172_800 ? `${Math.round(whole / 3600)} h` : `${Math.round(whole / 86_400)} days`;
}

/** The time between two moments; nothing where one of them is none. */
export function between(from: string, until: string): string | undefined {
  const seconds = (Date.parse(until) - Date.parse(from)) / 1000;
  return Number.isNaN(seconds) ? undefined : lengthText(seconds);
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A share, 0 – 1, in per cent with as many digits as tell something. */
export function percent(ratio: number): string {
  const value = ratio * 100;
  return `${value < 0 ? "−" : ""}${shown(Math.abs(value))} %`;
}

function shown(value: number): number {
  return value >= 10 || value === 0 ? Math.round(value) : Number(value.toPrecision(2));
}

/** A number with as many digits as tell something. */
export function figure(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
