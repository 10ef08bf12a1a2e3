import { own } from "../own.ts";
import type { EnvironmentReport, RulesetReport, SystemReport } from "../stack-types.ts";
import { html, link } from "./html.ts";
import type { Html } from "./html.ts";
import { table } from "./table.ts";
import { count } from "./words.ts";

const TARGETS: Readonly<Record<string, string>> = { branch: "branches", tag: "tags", push: "pushes" };

/** Each repository with its environments and what its rulesets ask for. */
export function systemsSection(systems: readonly SystemReport[]): Html {
  if (systems.length === 0) return html`<p class="none">The stack has no repository.</p>`;
  return html`<div class="cards">${systems.map(systemOf)}</div>`;
}

function systemOf({ address, environments, name, repository, rulesets, visibility }: SystemReport): Html {
  return html`<article class="card"><h3>${link(address, repository)}</h3><p class="quiet">${visibility ?? "not managed by this stack"}</p>
${environments.length === 0 ? (visibility === undefined ? "" : html`<p class="none">No environment.</p>`) : table({
    caption: `${count(environments.length, "environment")} of ${name}`,
    head: ["Environment", "Approval", "Deployed from"],
    kind: "environments",
    rows: environments.map((each) => [link(each.address, each.name), approvalOf(each), html`${each.deployFrom.map((from) => html`<code>${from}</code> `)}`]),
  })}
${rulesets.length === 0 ? "" : html`<ul class="rulesets">${rulesets.map(rulesetOf)}</ul>`}</article>`;
}

function approvalOf({ adminsBypass, approvals, reviewed, selfReview }: EnvironmentReport): Html {
  const loose = [...(selfReview ? ["self-review allowed"] : []), ...(adminsBypass ? ["administrators may bypass"] : [])];
  const strict = [...(selfReview ? [] : ["no self-review"]), ...(adminsBypass ? [] : ["no bypass"])];
  if (!reviewed) return html`<span class="chip plain">open</span> <span>${approvals.replace(/^none(: )?/, "") || "nobody approves"}</span>`;
  return html`<span class="chip good">approved</span> <span>${approvals}</span><span class="quiet">${strict.join(", ")}</span>${loose.length === 0 ? "" : html`<span class="chip look">${loose.join(", ")}</span>`}`;
}

function rulesetOf({ active, name, refs, rules, target }: RulesetReport): Html {
  return html`<li><b>${name}</b> <span class="chip ${active ? "good" : "look"}">${active ? "enforced" : "not enforced"}</span> on ${own(TARGETS, target) ?? target} ${refs.map(refOf)}<span class="quiet">${rules.join(", ")}</span></li>`;
}

function refOf(ref: string): Html {
  return ref === "~DEFAULT_BRANCH" ? html`(the default one) ` : html`<code>${ref.replace(/^refs\/(heads|tags)\//, "")}</code> `;
}
