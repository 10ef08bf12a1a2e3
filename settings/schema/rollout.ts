import * as z from "zod";
import type { RolloutSettings } from "../../components/delivery/rollout-settings.ts";
import { engine } from "./engine.ts";
import { indicators } from "./indicator.ts";
import { notify } from "./notify.ts";
import { prose, text, url, whole } from "./scalars.ts";

const time = text(
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/,
  "is not a time with its zone",
  "write it as 2026-12-24T18:00:00Z or 2026-12-24T18:00:00+01:00",
);
const header = text(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, "is not the name of a header", "write letters, digits and dashes, such as x-tester");

const freeze = z.strictObject({
  from: time.describe("Its beginning"),
  until: time.describe("Its end"),
  reason: prose(200).describe("Why, for those whose rollout waits"),
}).refine(({ from, until }) => !(Date.parse(until) <= Date.parse(from)), { error: "ends before it begins; swap from and until", path: ["until"] });

const smoke = z.strictObject({
  name: prose(100).describe("What it checks, for people"),
  url: url.describe("The address that is asked for; the driver's machine has to reach it"),
  headers: z.record(header, prose(1000)).default({}).describe("Sent with the request, such as the testers' header that leads to the candidate"),
  status: whole(100, 599, "the status").default(200).describe("Status of the answer"),
  contains: prose(1000).optional().describe("Text that the answer has to contain"),
  timeoutSeconds: whole(1, 60, "seconds").default(10).describe("Until the answer counts as missing"),
});

/** `rollout` of a service. */
export const rollout = z.strictObject({
  engine: engine.default("slipway").describe("Who owns the weights: slipway, or { kind: flagger, … }"),
  dwellSeconds: whole(0, 86_400, "seconds").default(600).describe("How long a candidate stays at each weight at least"),
  bakeSeconds: whole(0, 604_800, "seconds").default(600).describe("How long a candidate with all traffic is watched before the old revision goes"),
  lookSeconds: whole(5, 60, "seconds").default(15).describe("Between two looks at what the candidate's requests met; no more often than Prometheus scrapes is of use"),
  minimumRequests: whole(1, 1_000_000, "the number of requests").default(100).describe("Requests that a candidate has met at a weight before it passes it"),
  unreadySeconds: whole(30, 3600, "seconds").default(90).describe("Within which the pods of a revision have to be ready, their images' download included; a candidate whose pods are not is rolled back"),
  approval: z.enum(["first-stage", "none"]).default("first-stage").describe("first-stage: somebody promotes it after the first stage"),
  freezes: z.array(freeze).max(50).default([]).describe("Times in which no candidate gets more traffic"),
  smoke: z.array(smoke).max(50).default([]).describe("Requests that the candidate has to answer before it goes beyond its first weight; one that does not is rolled back"),
  indicators: indicators.default({}).describe("What a candidate is judged by besides its requests, by a name of your choice: of workers and plain TCP the only thing"),
  notify: notify.optional().describe("Who is told of it, beside those who read the driver's output"),
}).meta({ id: "Rollout", description: "How the driver takes a candidate through its stages" }) satisfies z.ZodType<RolloutSettings>;
