import { styleText } from "node:util";
import { oneLine } from "../rollout/notify/escape.ts";
import { dangerText, fieldTexts, SIGNS, stepText } from "./describe.ts";
import { placeText } from "./place.ts";
import { releaseText } from "./release-text.ts";
import { countsText } from "./summary.ts";
import type { Summary } from "./summary.ts";
import type { Kind } from "./step.ts";

type Colour = "red" | "yellow" | "green" | "dim" | "bold";
const COLOURS: Readonly<Record<Kind, Colour>> = { create: "green", import: "green", change: "yellow", replace: "red", delete: "red", forget: "yellow", same: "dim" };

/** The summary for a terminal, what is dangerous first. */
export function screenOf(summary: Summary, colours: boolean): string {
  const { counts, dangers, digest, errors, groups, policies, releases, stack, warnings } = summary;
  const paint = (colour: Colour, text: string): string => (colours ? styleText(colour, text, { validateStream: false }) : text);
  const part = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ["", paint("bold", title), ...lines.map((line) => `  ${line}`)]);
  return [
    paint("bold", `${stack}: ${errors.length > 0 ? "the preview failed" : countsText(counts)}`),
    ...part("Failed", errors.map((text) => paint("red", oneLine(text)))),
    ...part("Dangerous", dangers.map((danger) => paint(danger.kind === "lost" ? "red" : "yellow", oneLine(dangerText(danger))))),
    ...part("Requests", releases.map((view) => oneLine(releaseText(view)))),
    ...part("Policies", policies.map(({ level, message, policy }) => paint(level === "mandatory" ? "red" : "yellow", oneLine(`${level}: ${policy}: ${message}`)))),
    ...part("Warnings", warnings.map(oneLine)),
    ...groups.flatMap(({ place, steps }) => part(oneLine(place.kind === "service" && place.system !== place.name ? `${place.system ?? ""}: ${placeText(place)}` : placeText(place)), steps.flatMap((step) => {
      const { fields, more } = fieldTexts(step);
      return [
        paint(COLOURS[step.kind], `${SIGNS[step.kind]} ${oneLine(stepText(step))}`),
        ...fields.map(({ after, before, path, replaces }) => `    ${oneLine(`${path}: ${change(before, after)}${replaces ? "  (needs a new one)" : ""}`)}`),
        ...(more > 0 ? [`    and ${more} more fields`] : []),
      ];
    }))),
    ...(digest === undefined ? [] : ["", `Apply exactly this: slipway up --stack ${stack} --expect ${digest}`]),
    "",
  ].join("\n");
}

function change(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return `${after ?? ""} (new)`;
  return after === undefined ? `${before} (goes)` : `${before} → ${after}`;
}
