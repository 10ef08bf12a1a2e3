import * as z from "zod";
import type { StaleOptions } from "../../../components/workflows/community/stale.ts";
import { labelName } from "../repository-scalars.ts";
import { cron, whole } from "../scalars.ts";

const stale = z.strictObject({
  schedule: cron.default("0 0 * * *").describe("When it runs, UTC"),
  staleDays: whole(1, 3650, "days").default(60).describe("Days without activity before the mark"),
  closeDays: whole(1, 3650, "days").default(14).describe("Days between the mark and the end"),
  label: labelName.default("stale").describe("The mark"),
  exemptLabels: z.array(labelName).default([]).describe("Labels that keep an issue or a pull request from it"),
}) satisfies z.ZodType<StaleOptions>;

/** The options of the families in components/workflows/community, by key. */
export const community = {
  stale: stale.describe("Marks what nobody touches, and closes it later"),
};
