import * as z from "zod";
import { isRecord, unmarked } from "./values.ts";
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

const state = z.object({
  inputs: z.record(z.string(), z.unknown()).nullish(), outputs: z.record(z.string(), z.unknown()).nullish(),
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

/** Reads what `pulumi preview --json` streams, one event a line. Lines that are no event are passed over. */
export function parseEvents(text: string): Events {
  const events: Events = { config: {}, steps: [], policies: [], errors: [], warnings: [] };
  // The event after a step has the provider's word on it, and stands for the one before.
  const steps = new Map<string, EngineStep>();
  for (const event of jsonLines(text)) {
    if ("resourcePreEvent" in event) take(steps, step.parse(event["resourcePreEvent"]));
    else if ("resOutputsEvent" in event) take(steps, step.parse(event["resOutputsEvent"]));
    else if ("diagnosticEvent" in event) tell(events, diagnostic.parse(event["diagnosticEvent"]));
    else if ("policyEvent" in event) events.policies.push(policyResult(policy.parse(event["policyEvent"])));
    else if ("preludeEvent" in event) events.config = prelude.parse(event["preludeEvent"]).config ?? {};
    else if ("summaryEvent" in event) events.result = summary.parse(event["summaryEvent"]).result ?? undefined;
  }
  return { ...events, steps: [...steps.values()] };
}

function* jsonLines(text: string): Generator<Record<string, unknown>> {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf("\n", from);
    const line = text.slice(from, end < 0 ? text.length : end);
    from = end < 0 ? text.length : end + 1;
    if (!line.startsWith("{\"sequence\"")) continue;
    const event: unknown = JSON.parse(line);
    if (isRecord(event)) yield event;
  }
}

function take(steps: Map<string, EngineStep>, { metadata }: z.infer<typeof step>): void {
  const { detailedDiff, diffs, keys, new: after, old: before, op, type, urn } = metadata;
  const known = steps.get(`${op} ${urn}`);
  const coarse = Object.fromEntries((diffs ?? []).map((path) => [path, keys?.includes(path) === true ? "update-replace" : "update"]));
  const detailed = detailedDiff == null ? coarse : Object.fromEntries(Object.entries(detailedDiff).map(([path, { diffKind }]) => [path, diffKind]));
  steps.set(`${op} ${urn}`, {
    op, urn, type,
    old: stateOf(before) ?? known?.old,
    new: stateOf(after) ?? known?.new,
    detailed: Object.keys(detailed).length === 0 ? (known?.detailed ?? {}) : detailed,
  });
}

function stateOf(given: z.infer<typeof state> | null | undefined): EngineState | undefined {
  if (given === null || given === undefined) return undefined;
  const clean = (properties: unknown): Properties => {
    const value = unmarked(properties ?? {});
    return isRecord(value) ? value : {};
  };
  return { inputs: clean(given.inputs), outputs: clean(given.outputs), parent: given.parent || undefined, protect: given.protect === true, retain: given.retainOnDelete === true };
}

function tell(events: Events, { message, severity, urn }: z.infer<typeof diagnostic>): void {
  const text = `${urn ? `${urn.split("::").at(-1)}: ` : ""}${message.replace(/<\{%[^%]*%\}>/g, "").trim()}`;
  if (severity === "error") events.errors.push(text);
  if (severity === "warning") events.warnings.push(text);
}

function policyResult(found: z.infer<typeof policy>): PolicyResult {
  return { pack: found.policyPackName, policy: found.policyName, level: found.enforcementLevel, urn: found.resourceUrn || undefined, message: found.message.replace(/<\{%[^%]*%\}>/g, "").trim() };
}
