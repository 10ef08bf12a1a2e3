import * as z from "zod";
import { DEPTHS } from "../../../components/workflows/rollout/smoke-settings.ts";
import type { EnhancedSmokeTestsOptions } from "../../../components/workflows/rollout/enhanced-smoke-tests.ts";
import { environmentName } from "../repository-scalars.ts";
import { absolutePath, percentage, prose, text, url, whole } from "../scalars.ts";
import { service, thresholds } from "./rollout-parts.ts";

const header = text(/^[A-Za-z0-9-]{1,100}$/, "is not the name of a header", "use letters, digits and dashes");
const headerValue = text(/^[\x20-\x7e]{1,500}$/, "is not the value of a header", "write one line of plain characters, in quotes");
const path = z.union([z.literal("/"), absolutePath], "is not an absolute path; start it with /, without an empty, . or .. part");
const series = text(/^[A-Za-z_:][\w:]*$/, "is not the name of a series", "write one such as process_resident_memory_bytes");

export const depth = z.enum(DEPTHS, `is not a depth; write one of ${DEPTHS.join(", ")}`);

const endpoint = z.strictObject({
  path: path.describe("What is asked for"),
  body: prose(10_000).optional().describe("JSON that is sent by POST; GET where it is left out"),
  status: whole(100, 599, "the status").default(200).describe("The status that it has to answer"),
  json: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}).describe("Field of the answer's JSON, dotted, and its value; {version} stands for the version that is tested"),
});

const target = z.strictObject({
  url: url.optional().describe("Its address; that of the environment of this name or the service's host where it is left out"),
  headers: z.record(header, headerValue).default({}).describe("Sent with every request, such as the header that leads testers to a candidate"),
});

export const enhancedSmokeTests: z.ZodType<EnhancedSmokeTestsOptions> = z.strictObject({
  service,
  targets: z
    .record(environmentName, target)
    .refine((targets) => Object.keys(targets).length > 0, "names nothing to test; add a target such as production: {}")
    .default({ production: { headers: {} } })
    .describe("Where it may go, the first one where nobody says"),
  depth: depth.default("standard").describe("How deep where nobody says"),
  health: path.optional().describe("Path that answers 200 while all is well; that of the readiness probe where it is left out"),
  endpoints: z.array(endpoint).default([]).describe("Requests and what they have to answer"),
  thresholds: z.strictObject(thresholds).prefault({}).describe("What every load has to hold"),
  metrics: z
    .strictObject({
      path: path.default("/metrics").describe("Where Prometheus would read it"),
      series: series.default("process_resident_memory_bytes").describe("The memory in bytes"),
      growthPercent: percentage.default(20).describe("How much more it may be after a load"),
    })
    .optional()
    .describe("Where the process tells its memory"),
  load: z
    .strictObject({
      concurrency: whole(1, 100, "workers").default(10).describe("Workers of comprehensive; stress takes twice as many"),
      requests: whole(1, 100_000, "requests").default(2000).describe("Most requests of stress"),
      seconds: whole(1, 600, "seconds").default(60).describe("Most seconds of stress"),
    })
    .prefault({})
    .describe("How hard comprehensive and stress press"),
});
