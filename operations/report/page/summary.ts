import type { Attention, FindingsReport, Looked, ReportModel } from "../types.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { tiles } from "./parts.ts";
import type { Tile } from "./parts.ts";
import { count, lengthText, percent } from "./words.ts";

/** Rows of what needs somebody; the sections have the rest. */
const ROWS = 12;

/** The stack in one sentence, its figures, and what needs somebody. */
export function summarySection({ attention, delivery, drift, levels, policy, rollouts, services, systems }: ReportModel): Html {
  const moving = services.filter(({ stage }) => stage !== "settled").length;
  const urgent = attention.filter(({ urgency }) => urgency === "act").length;
  const blind = Object.entries({ "service levels": levels, rollouts, drift, policy, delivery }).flatMap(([name, { kind }]) => (kind === "unknown" ? [name] : []));
  return html`<p class="verdict ${urgent > 0 ? "act" : attention.length > 0 ? "look" : "good"}">${services.length + systems.length + attention.length === 0 ? "The stack holds nothing; pulumi up makes what its file declares" : verdict(urgent, attention.length)}</p>
${blind.length === 0 ? "" : html`<p class="quiet blind">Not looked at: ${blind.join(", ")}.</p>`}
${tiles([
    { name: "Services", value: String(services.length), detail: moving === 0 ? "all settled" : `${moving} on the way`, tone: moving === 0 ? "good" : "live" },
    budgetTile(levels),
    deliveryTile(delivery),
    findingsTile("Drift", drift, "nothing differs"),
    findingsTile("Policy", policy, "nothing is against it"),
  ])}${needs(attention)}`;
}

function verdict(urgent: number, all: number): string {
  if (urgent > 0) return `${count(urgent, "matter")} must be dealt with now`;
  return all > 0 ? `Nothing is urgent; ${count(all, "matter")} to look at` : "Nothing that was looked at needs anybody";
}

function needs(attention: readonly Attention[]): Html {
  if (attention.length === 0) return html``;
  const rest = attention.length - ROWS;
  return html`<ul class="needs" aria-label="What needs somebody">${attention.slice(0, ROWS).map(({ section, subject, text, urgency }) => html`<li><span class="chip ${urgency}">${urgency === "act" ? "act" : "look"}</span> <span><a href="#${section}">${subject}</a> ${text}</span></li>`)}${rest > 0 ? html`<li class="quiet">and ${rest} more, in the sections below</li>` : ""}</ul>`;
}

function budgetTile(levels: ReportModel["levels"]): Tile {
  const all = levels.kind === "found" ? levels.value.flatMap(({ objectives, service }) => objectives.flatMap(({ name, remaining }) => (remaining === undefined ? [] : [{ name, remaining, service }]))) : [];
  const [worst] = all.sort((left, right) => left.remaining - right.remaining);
  if (worst === undefined) return { name: "Least budget", value: "–", detail: levels.kind === "unknown" ? "not looked at" : "no data yet", tone: "plain" };
  const tone = worst.remaining <= 0 ? "act" : worst.remaining < 0.25 ? "look" : "good";
  return { name: "Least budget", value: percent(worst.remaining), detail: `${worst.service}, ${worst.name}${worst.remaining <= 0 ? `: ${worst.remaining < 0 ? "overdrawn" : "used up"}` : ""}`, tone };
}

function deliveryTile(delivery: ReportModel["delivery"]): Tile {
  if (delivery.kind === "unknown") return { name: "Deployments", value: "–", detail: "not known", tone: "plain" };
  const { days, stack: { changeFailureRatio, deployments, leadTime } } = delivery.value;
  const more = [...(changeFailureRatio === undefined ? [] : [`${percent(changeFailureRatio)} failed`]), ...(leadTime === undefined ? [] : [`lead time ${lengthText(leadTime)}`])];
  return { name: `Deployments, ${days} days`, value: String(deployments), detail: more.join(", ") || "none yet", tone: "plain" };
}

function findingsTile(name: string, findings: Looked<FindingsReport>, none: string): Tile {
  if (findings.kind === "unknown") return { name, value: "–", detail: "not looked at", tone: "plain" };
  const { list } = findings.value;
  const urgent = list.filter(({ urgency }) => urgency === "act").length;
  if (list.length === 0) return { name, value: "0", detail: none, tone: "good" };
  const tone = urgent > 0 ? "act" : list.some(({ urgency }) => urgency === "look") ? "look" : "plain";
  return { name, value: String(list.length), detail: urgent > 0 ? `${urgent} urgent` : "none urgent", tone };
}
