import * as z from "zod";
import { isRecord } from "../unknown.ts";
import { mayBeMarked, unmarked } from "./values.ts";
import type { Properties } from "./values.ts";

/** A resource before or after, as the engine tells of it; marked secrets are replaced. */
export interface EngineState {
  inputs: Properties;
  outputs: Properties;
  parent?: string | undefined;
  /** Nobody may delete it. */
  protect: boolean;
  /** Deleting it only forgets it. */
  retain: boolean;
}

/** One operation that the engine intends. A replacement has several. */
export interface EngineStep {
  op: string;
  urn: string;
  type: string;
  old?: EngineState | undefined;
  new?: EngineState | undefined;
  /** Property path → `add`, `delete`, `update` or these with `-replace`. */
  detailed: Readonly<Record<string, string>>;
}

export interface PolicyResult {
  pack: string;
  policy: string;
  /** `mandatory` ends the preview; `advisory` is told. */
  level: string;
  urn?: string | undefined;
  message: string;
}

export interface Events {
  config: Readonly<Record<string, string>>;
  steps: EngineStep[];
  policies: PolicyResult[];
  errors: string[];
  warnings: string[];
  /** Absent where the engine ended before it could say. */
  result?: string | undefined;
}

/** Taken as it is: a copy of all properties of a large stack would take longer than reading them. */
const properties = z.custom<Properties>(isRecord);
const state = z.object({
  inputs: properties.nullish(), outputs: properties.nullish(),
  parent: z.string().nullish(), protect: z.boolean().nullish(), retainOnDelete: z.boolean().nullish(),
});
const step = z.object({
  metadata: z.object({
    op: z.string(), urn: z.string(), type: z.string(), old: state.nullish(), new: state.nullish(),
    diffs: z.array(z.string()).nullish(), keys: z.array(z.string()).nullish(),
    detailedDiff: z.record(z.string(), z.object({ diffKind: z.string() })).nullish(),
  }),
});
const diagnostic = z.object({ message: z.string(), severity: z.string(), urn: z.string().nullish() });
const policy = z.object({ message: z.string(), policyName: z.string(), policyPackName: z.string(), enforcementLevel: z.string(), resourceUrn: z.string().nullish() });
const prelude = z.object({ config: z.record(z.string(), z.string()).nullish() });
const summary = z.object({ result: z.string().nullish() });

/** How a line begins that tells of a step; the rest is only read where no later line tells of the same one. */
const STEP = /^\{"sequence":\d+,(?:"timestamp":\d+,)?"(resourcePreEvent|resOutputsEvent)":\{"metadata":\{"op":"([^"\\]*)","urn":"((?:[^"\\]|\\.)*)"/;

/** Reads what `pulumi preview --json` streams, one event a line. Lines that are no event are passed over. */
export function parseEvents(text: string): Events {
  const events: Events = { config: {}, steps: [], policies: [], errors: [], warnings: [] };
  // The event after a step has the provider's word on it, and stands for the one before.
  const steps = new Map<string, string>();
  for (const line of linesOf(text)) {
    const [, , op, urn] = STEP.exec(line) ?? [];
    if (op !== undefined) steps.set(`${op} ${urn}`, line);
    else if (!line.includes('"severity":"debug"')) take(events, JSON.parse(line));
  }
  return { ...events, steps: [...steps.values()].map(stepOf) };
}

function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf("\n", from);
    const line = text.slice(from, end < 0 ? text.length : end);
    from = end < 0 ? text.length : end + 1;
    if (line.startsWith('{"sequence"')) yield line;
  }
}

function take(events: Events, event: unknown): void {
  if (!isRecord(event)) return;
  if ("diagnosticEvent" in event) tell(events, diagnostic.parse(event["diagnosticEvent"]));
  else if ("policyEvent" in event) events.policies.push(policyResult(policy.parse(event["policyEvent"])));
  else if ("preludeEvent" in event) events.config = prelude.parse(event["preludeEvent"]).config ?? {};
  else if ("summaryEvent" in event) events.result = summary.parse(event["summaryEvent"]).result ?? undefined;
}

function stepOf(line: string): EngineStep {
  const event: unknown = JSON.parse(line);
  const { metadata } = step.parse(isRecord(event) ? (event["resOutputsEvent"] ?? event["resourcePreEvent"]) : undefined);
  const { detailedDiff, diffs, keys, new: after, old: before, op, type, urn } = metadata;
  const coarse = (diffs ?? []).map((path): [string, string] => [path, keys?.includes(path) === true ? "update-replace" : "update"]);
  const fine = detailedDiff && Object.entries(detailedDiff).map(([path, { diffKind }]): [string, string] => [path, diffKind]);
  const marked = mayBeMarked(line);
  return { op, urn, type, old: stateOf(before, marked), new: stateOf(after, marked), detailed: Object.fromEntries(fine ?? coarse) };
}

function stateOf(given: z.infer<typeof state> | null | undefined, marked: boolean): EngineState | undefined {
  if (given === null || given === undefined) return undefined;
  const [inputs, outputs] = [given.inputs, given.outputs].map((side) => (marked ? unmarked(side) : side));
  return { inputs: isRecord(inputs) ? inputs : {}, outputs: isRecord(outputs) ? outputs : {}, parent: given.parent || undefined, protect: given.protect === true, retain: given.retainOnDelete === true };
}

function tell(events: Events, { message, severity, urn }: z.infer<typeof diagnostic>): void {
  const text = about(urn, message);
  if (severity === "error") events.errors.push(text);
  // Where the engine found a plugin is nothing to act on.
  if (severity === "warning" && !/^using pulumi-\S+ from \$PATH/.test(text)) events.warnings.push(text);
}

function policyResult({ enforcementLevel, message, policyName, policyPackName, resourceUrn }: z.infer<typeof policy>): PolicyResult {
  return { pack: policyPackName, policy: policyName, level: enforcementLevel, urn: resourceUrn || undefined, message: about(resourceUrn, message) };
}

/** The engine's words without its colours, and whom they are about. */
function about(urn: string | null | undefined, message: string): string {
  return `${urn ? `${urn.split("::").at(-1)}: ` : ""}${message.replace(/<\{%[^%]*%\}>/g, "").trim()}`;
}
