import { clipped, oneLine } from "../rollout/notify/escape.ts";
import { dangerTexts } from "./describe.ts";
import { detailsOf, detailsText, headOf } from "./markdown.ts";
import type { Detail } from "./markdown.ts";
import { LONGEST } from "./parts.ts";
import type { Place } from "./place.ts";
import { countsText } from "./summary.ts";
import type { Summary } from "./summary.ts";

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: "notice" | "warning" | "failure";
  /** At most 255 characters. */
  title: string;
  message: string;
}

export interface Check {
  name: string;
  conclusion: "success" | "neutral" | "failure";
  title: string;
  summary: string;
  text: string;
  annotations: Annotation[];
}

/** Annotations of one preview; a page with more tells nobody anything. */
const MOST_ANNOTATIONS = 150;

/** The check run of a preview. `lineOf` finds a place in the stack's file. */
export function checkOf(summary: Summary, lineOf: (place: Place) => number): Check {
  const { counts, dangers, errors, policies, stack } = summary;
  const isMandatory = policies.some(({ level }) => level === "mandatory");
  const dangerous = dangers.length === 0 ? "" : `, ${dangers.length} dangerous`;
  return {
    name: `preview of ${stack}`,
    conclusion: errors.length > 0 || isMandatory ? "failure" : dangers.length > 0 ? "neutral" : "success",
    title: clipped(errors.length > 0 ? "the preview failed" : `${countsText(counts)}${dangerous}`, 250),
    summary: headOf(summary),
    text: fitting(detailsOf(summary)),
    annotations: annotationsOf(summary, lineOf).slice(0, MOST_ANNOTATIONS),
  };
}

function annotationsOf({ dangers, errors, policies, stack }: Summary, lineOf: (place: Place) => number): Annotation[] {
  const at = (place: Place, level: Annotation["annotation_level"], title: string, message: string): Annotation => {
    const line = lineOf(place);
    return { path: `Pulumi.${stack}.yaml`, start_line: line, end_line: line, annotation_level: level, title: clipped(oneLine(title), 250), message: clipped(message, 4_000) };
  };
  const whole: Place = { kind: "stack", name: stack };
  return [
    ...errors.map((error) => at(whole, "failure", "the preview failed", error)),
    ...policies.map(({ level, message, policy, urn }) => at(dangers.find((danger) => danger.urn === urn)?.place ?? whole, level === "mandatory" ? "failure" : "warning", policy, message)),
    ...dangers.map((danger) => {
      const { what, where, why } = dangerTexts(danger);
      return at(danger.place, "warning", `${what} in ${where}`, why);
    }),
  ];
}

function fitting(details: readonly Detail[]): string {
  let length = 0;
  const count = details.findIndex(({ place, text }) => (length += place.length + text.length + 40) > LONGEST - 200);
  if (count < 0) return detailsText(details);
  return `${detailsText(details.slice(0, count))}\n- and ${details.length - count} more`;
}
