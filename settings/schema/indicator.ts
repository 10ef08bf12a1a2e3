import * as z from "zod";
import type { IndicatorSettings } from "../../components/delivery/indicator-settings.ts";
import { decimal, dnsLabel, prose, whole } from "./scalars.ts";

const query = prose(4000);

const ratio = z.strictObject({
  kind: z.literal("ratio").describe("Bad ones of all, both counted"),
  all: query.describe("PromQL of a counter that only rises: everything that was done"),
  bad: query.describe("PromQL of a counter that only rises: what of it was bad"),
  limit: decimal(0.01, 100, "per cent").describe("Per cent of bad ones at most; it is compared with the stable revision besides"),
  minimumSamples: whole(1, 1_000_000, "the number of samples").optional().describe("What the candidate has done at a weight before it passes it; absent: `minimumRequests`"),
});

const value = z.strictObject({
  kind: z.literal("value").describe("A value that means something as it is, such as a queue's length"),
  query: query.describe("PromQL of it; of several series of one revision the worst counts"),
  limit: decimal(-1e12, 1e12, "a number").describe("From which on it is bad"),
  bad: z.enum(["above", "below"]).default("above").describe("On which side of the limit it is bad"),
  unit: prose(40).describe("What it is counted in, for people"),
  tolerated: decimal(0.01, 99, "per cent").default(20).describe("Per cent of the looks at which it may be bad"),
  minimumSamples: whole(1, 10_000, "the number of looks").default(10).describe("Looks at the candidate at a weight before it passes it"),
});

/** `rollout.indicators` of a service. */
export const indicators = z.record(dnsLabel, z.discriminatedUnion("kind", [ratio, value], "is no indicator; write kind: ratio or kind: value")) satisfies z.ZodType<Record<string, IndicatorSettings>>;
