import { html } from "./html.ts";
import type { Html } from "./html.ts";

/** What was not looked at, and how it is. */
export function unknown(why: string): Html {
  return html`<p class="none"><b>Not looked at:</b> ${why}</p>`;
}

export interface Tile {
  name: string;
  value: string;
  /** A line below the value. */
  detail: string;
  tone: "good" | "live" | "look" | "act" | "plain";
}

/** The stack's figures at one glance. */
export function tiles(list: readonly Tile[]): Html {
  return html`<dl class="tiles">${list.map(({ detail, name, tone, value }) => html`<div class="tile ${tone}"><dt>${name}</dt><dd><b>${value}</b><span>${detail}</span></dd></div>`)}</dl>`;
}
