import * as z from "zod";
import { day, prose, text } from "./scalars.ts";

export interface DriftSettings {
  ignore: IgnoredDrift[];
}

/** What `slipway drift` passes over, until a day. */
export interface IgnoredDrift {
  /** Type and name as a finding has them; `*` stands for any characters. */
  what: string;
  /** Path of the field, in the same way; absent: the object with all of its fields. */
  field?: string | undefined;
  reason: string;
  /** The last day, YYYY-MM-DD. */
  until: string;
}

const what = text(
  /^(?=.{3,500}$)[a-z*][a-z-]*:[A-Za-z*]+\/\S(.*\S)?$/,
  "does not name what a finding is about",
  "copy type and name from the finding, such as github:ActionsSecret/shop:TOKEN; * stands for any characters",
);

const ignored = z.strictObject({
  what: what.describe("Type and name as a finding has them, such as `github:ActionsSecret/shop:TOKEN`; `*` stands for any characters"),
  field: prose(500).optional().describe("Path of one field, such as `reviewers` or `spec.*`; absent: the object with all of its fields"),
  reason: prose(300).describe("Why nobody has to look at it; shown with every report"),
  until: day.describe("The last day, in UTC; afterwards it is a finding again, and says that this entry is over"),
});

/** `drift` of a stack. */
export const driftSettings = z.strictObject({
  ignore: z.array(ignored).default([]).describe("What is known to differ, and is let pass for a while"),
}).meta({ id: "Drift", description: "What the search for drift passes over" }) satisfies z.ZodType<DriftSettings>;
