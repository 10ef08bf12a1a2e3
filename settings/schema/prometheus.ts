import * as z from "zod";
import { url } from "./scalars.ts";

export interface PrometheusSettings {
  /** Web address under which its HTTP API answers. */
  url: string;
}

/** `prometheus` of a stack. */
export const prometheusSettings = z.strictObject({
  url: url.describe("Web address of Prometheus, or of whatever answers its HTTP API; the machine that drives a rollout has to reach it"),
}).meta({ id: "Prometheus", description: "Where a rollout asks for its evidence" }) satisfies z.ZodType<PrometheusSettings>;
