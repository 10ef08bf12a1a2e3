import * as z from "zod";
import { json } from "../../settings/json.ts";
import type { NoAnswerReason } from "./types.ts";

/** One series of an instant query. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** One series of a range query: Unix seconds and values. */
export interface Series {
  labels: Readonly<Record<string, string>>;
  values: readonly (readonly [number, number])[];
}

export interface Refusal {
  kind: "no-answer";
  reason: NoAnswerReason;
  detail: string;
}

/** What came over the wire. */
export interface Reply {
  status: number;
  body: string;
}

const point = z.tuple([z.number(), z.string()]);
const labels = z.record(z.string(), z.string());
const envelope = z.object({
  status: z.string(),
  error: z.string().optional(),
  warnings: z.array(z.string()).optional(),
  data: z.object({ resultType: z.string(), result: z.unknown() }).optional(),
});
const vector = z.array(z.object({ metric: labels, value: point }));
const matrix = z.array(z.object({ metric: labels, values: z.array(point) }));

/** Seconds by which an answer may be about another time than was asked for. */
const TOLERANCE = 1;

/**
 * An instant query's answer, read strictly: what is not whole, finite numbers about the time that was asked for is no answer. No series at
 * all is an answer; whether it may be is for the reader to say.
 */
export function readVector(reply: Reply, at: number): { kind: "samples"; samples: Sample[] } | Refusal {
  const opened = open(reply, "vector");
  if (opened.kind === "no-answer") return opened;
  const parsed = vector.safeParse(opened.result);
  if (!parsed.success) return refuse("wrong-type", "a vector whose series are none");
  const foreign = parsed.data.find(({ value: [time] }) => Math.abs(time - at) > TOLERANCE);
  if (foreign !== undefined) return refuse("wrong-time", `asked for ${at}, got ${foreign.value[0]}`);
  const samples = parsed.data.map(({ metric, value: [, value] }) => ({ labels: metric, value: figure(value) }));
  const odd = samples.findIndex(({ value }) => !Number.isFinite(value));
  return odd < 0 ? { kind: "samples", samples } : refuse("not-a-number", `got "${parsed.data[odd]?.value[1]}"`);
}

/** A range query's answer, read as strictly. */
export function readMatrix(reply: Reply): { kind: "series"; series: Series[] } | Refusal {
  const opened = open(reply, "matrix");
  if (opened.kind === "no-answer") return opened;
  const parsed = matrix.safeParse(opened.result);
  if (!parsed.success) return refuse("wrong-type", "a matrix whose series are none");
  const series = parsed.data.map(({ metric, values }) => ({ labels: metric, values: values.map(([time, value]) => [time, figure(value)] as const) }));
  return series.every(({ values }) => values.every(([, value]) => Number.isFinite(value))) ? { kind: "series", series } : refuse("not-a-number", "a value that is none");
}

function open({ body, status }: Reply, wanted: "vector" | "matrix"): { kind: "result"; result: unknown } | Refusal {
  if (status !== 200) return refuse("status", shown(body === "" ? `HTTP ${status}` : `HTTP ${status}: ${body}`));
  const parsed = envelope.safeParse(json(body));
  if (!parsed.success) return refuse("not-json", body === "" ? "an empty answer" : shown(body));
  const { data, error, status: said, warnings } = parsed.data;
  if (said !== "success" || data === undefined) return refuse("error", shown(error ?? said));
  // A store that did not answer leaves its series out and says so here: the rest is not the whole.
  if (warnings !== undefined && warnings.length > 0) return refuse("warning", shown(warnings.join("; ")));
  return data.resultType === wanted ? { kind: "result", result: data.result } : refuse("wrong-type", `got a ${data.resultType}, asked for a ${wanted}`);
}

/** Prometheus writes numbers as text; an empty one would be 0 to Number. */
function figure(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

function refuse(reason: NoAnswerReason, detail: string): Refusal {
  return { kind: "no-answer", reason, detail };
}

/** One line, at most 120 characters. */
function shown(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
