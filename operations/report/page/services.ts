import type { RevisionReport, ServiceReport } from "../stack-types.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { splitBar, stageTrack } from "./pictures.ts";
import { table } from "./table.ts";
import { between, count, moment } from "./words.ts";

/** Rejections of a service that are shown. */
const REJECTIONS = 2;
const ORDER = ["held", "in flight", "settled"] as const;

/** What runs where, what is on its way first. */
export function servicesSection(services: readonly ServiceReport[], at: string): Html {
  if (services.length === 0) return html`<p class="none">No service is recorded in this stack yet; pulumi up writes the first record.</p>`;
  const sorted = [...services].sort((left, right) => ORDER.indexOf(left.stage) - ORDER.indexOf(right.stage));
  return table({
    caption: `${count(services.length, "service")}: who gets the requests, by which image, since when`,
    head: ["Service", "Traffic", "Image", "Release"],
    kind: "services",
    rows: sorted.map((service) => [nameOf(service), trafficOf(service), imagesOf(service), releaseOf(service, at)]),
  });
}

function nameOf({ hosts, name, namespace, system }: ServiceReport): Html {
  return html`${name}<span class="quiet">in ${namespace === "" ? "an unknown namespace" : namespace}${system === "" || system === name ? "" : `, from ${system}`}</span>${hosts.map((host) => html`<span class="quiet">${host}</span>`)}`;
}

function trafficOf({ inCluster, revisions }: ServiceReport): Html {
  const parts = revisions.map(({ id, role, weight }) => ({ revision: id, role, weight }));
  return html`${splitBar(parts)}<ul class="split">${revisions.map((revision) => html`<li class="${revision.role}">${revisionText(revision)}${inCluster ? "" : html` <span class="quiet">(cluster: ${appliedText(revision)})</span>`}</li>`)}</ul>`;
}

function revisionText({ id, role, weight }: RevisionReport): Html {
  return html`<b>${weight} %</b> ${role} <code>${id}</code>`;
}

function appliedText({ applied }: RevisionReport): string {
  return applied === undefined ? "no route" : `${applied} %`;
}

/** Each image once, with the revisions that run it: a change of settings alone keeps the image. */
function imagesOf({ asked, revisions }: ServiceReport): Html {
  const images = new Map<string, { shown: Html; ids: string[] }>();
  for (const { digest, id, image, tag } of revisions) {
    const key = `${image} ${tag ?? ""} ${digest ?? ""}`;
    const shown = html`<code class="image">${image}${tag === undefined ? "" : `:${tag}`}</code>${digest === undefined ? html`<span class="quiet">not pinned by digest</span>` : html`<code class="digest">${digest}</code>`}`;
    images.set(key, { shown, ids: [...images.get(key)?.ids ?? [], id] });
  }
  return html`${[...images.values()].map(({ ids, shown }) => html`<div class="of">${shown}${images.size === 1 ? "" : html`<span class="quiet">${ids.join(", ")}</span>`}</div>`)}${asked === undefined ? "" : html`<span class="chip look">asked for by a command</span>`}`;
}

function releaseOf({ held, rejected, revisions, since, stage, stages }: ServiceReport, at: string): Html {
  const candidate = revisions.find(({ role }) => role === "candidate");
  const shown = rejected.slice(0, REJECTIONS);
  return html`<span class="chip ${stage === "settled" ? "good" : stage === "held" ? "look" : "live"}">${stage}</span>${candidate === undefined ? "" : stageOf(candidate.weight, stages)}
<span class="quiet">since ${moment(since)}${lasting(since, at)}</span>${held === undefined ? "" : html`<span>${held}</span>`}
${shown.map((each) => html`<span class="rejected"><span class="chip act">rejected</span> <code>${each.revision}</code> ${each.reason} <span class="quiet">${moment(each.at)}</span></span>`)}${rejected.length > shown.length ? html`<span class="quiet">and ${rejected.length - shown.length} more rejected</span>` : ""}`;
}

function stageOf(weight: number, stages: readonly number[]): Html {
  const at = stages.indexOf(weight);
  return html` <span>${weight} %${at < 0 ? "" : `, stage ${at + 1} of ${stages.length}`}</span>${stages.length === 0 ? "" : stageTrack(stages, weight)}`;
}

function lasting(since: string, at: string): string {
  const length = between(since, at);
  return length === undefined ? "" : `, for ${length}`;
}
