import { createHash } from "node:crypto";
import { SECTIONS } from "../types.ts";
import type { ReportModel, SectionName } from "../types.ts";
import { deliverySection } from "./delivery.ts";
import { findingsSection } from "./findings.ts";
import { Html, html } from "./html.ts";
import { levelsSection } from "./levels.ts";
import { PATTERNS } from "./pictures.ts";
import { rolloutsSection } from "./rollouts.ts";
import { servicesSection } from "./services.ts";
import { summarySection } from "./summary.ts";
import { systemsSection } from "./systems.ts";
import { moment } from "./words.ts";

const TITLES: Readonly<Record<SectionName, string>> = {
  services: "What runs where", levels: "Service levels", rollouts: "Last rollouts", systems: "Repositories and environments", drift: "Drift", policy: "Policy", delivery: "Delivery",
};

/** The report as one page that asks nobody for anything: no script, and only the styles given here, by their hash. */
export function page(model: ReportModel, styles: string): string {
  const { at, stack } = model;
  const allowed = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(styles).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${allowed}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
<title>${`Stack ${stack} · Slipway`}</title><style>${new Html(styles)}</style></head>
<body><a class="skip" href="#main">To the report</a>${PATTERNS}
<header><p>Slipway</p><h1>Stack ${stack}</h1><p class="quiet">as of ${moment(at)} UTC</p>
<nav aria-label="Sections">${SECTIONS.map((name) => html`<a href="#${name}">${TITLES[name]}</a>`)}</nav></header>
<main id="main">${summarySection(model)}
${SECTIONS.map((name) => html`<section id="${name}" aria-labelledby="${name}-title"><h2 id="${name}-title">${TITLES[name]}</h2>
${sectionOf(name, model)}</section>
`)}</main>
<footer class="quiet">What the last update or refresh of the stack left, all times in UTC. Made by slipway report --stack ${stack}.</footer></body></html>
`.toString();
}

function sectionOf(name: SectionName, { at, delivery, drift, levels, policy, rollouts, services, systems }: ReportModel): Html {
  switch (name) {
    case "services":
      return servicesSection(services, at);
    case "levels":
      return levelsSection(levels);
    case "rollouts":
      return rolloutsSection(rollouts, at);
    case "systems":
      return systemsSection(systems);
    case "drift":
      return findingsSection(drift, "Nothing differs from what the stack declares.");
    case "policy":
      return findingsSection(policy, "Nothing is against the policies.");
    case "delivery":
      return deliverySection(delivery);
    default:
      return name satisfies never;
  }
}
