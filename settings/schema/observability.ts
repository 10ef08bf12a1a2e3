import * as z from "zod";
import type { ObservabilitySettings } from "../../components/observability/service-level.ts";
import { absolutePath, decimal, portName, text, whole } from "./scalars.ts";

const milliseconds = decimal(0.5, 3_600_000, "milliseconds");
const ADDRESS = /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*[^\s/?#])?$/;
const runbooks = text(ADDRESS, "is not the address of runbooks", "write a web address without a slash at its end, such as https://example.com/runbooks");
const grafana = text(ADDRESS, "is not the address of Grafana", "write a web address without a slash at its end, such as https://example.com/grafana");

/** `observability` of a service. */
export const observability = z.strictObject({
  limits: z.strictObject({
    errorPercent: decimal(0.01, 100, "per cent").default(5).describe("Failed share of the requests, per cent"),
    p95Milliseconds: milliseconds.default(2000).describe("p95, a bound of the mesh's latency histogram"),
    successPercent: decimal(0, 100, "per cent").default(95).describe("Least share of requests that succeed, per cent"),
  }).prefault({}).describe("What no revision may exceed at any time"),
  objectives: z.strictObject({
    availability: decimal(50, 99.999, "per cent").optional().describe("Share of requests that succeed; absent: not promised"),
    latency: z.strictObject({
      percent: decimal(50, 99.999, "per cent").describe("Share of the requests"),
      milliseconds: milliseconds.describe("The time, a bound of the mesh's latency histogram"),
    }).optional().describe("Share of requests that are answered in time; absent: not promised"),
  }).default({ availability: 99.5 }).describe("What is promised over the window"),
  windowDays: z.union([z.literal(28), z.literal(30)], "is neither 28 nor 30; write one of them").default(30).describe("Days over which an error budget is counted"),
  minimumRequests: whole(1, 1_000_000, "the number of requests").default(20).describe("Requests in an alert's short window below which it says nothing"),
  metrics: z.strictObject({
    port: portName.describe("Name of the port"),
    path: absolutePath.default("/metrics").describe("Path on it"),
    intervalSeconds: whole(5, 600, "seconds").default(30).describe("Between two scrapes"),
    sampleLimit: whole(1, 1_000_000, "the number of samples").default(5000).describe("Samples of one pod above which none of them is taken"),
  }).optional().describe("Metrics of the application itself; absent: the mesh's alone"),
  runbooks: runbooks.default("https://example.com/runbooks").describe("Where the runbooks lie"),
  grafana: grafana.default("https://example.com/grafana").describe("Where Grafana is, for the alerts' links to dashboards"),
}).meta({ id: "Observability", description: "What a service promises, and how it is watched" }) satisfies z.ZodType<ObservabilitySettings>;
