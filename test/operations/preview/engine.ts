/** Lines as `pulumi preview --json` streams them, for previews that no engine has to run. */

export interface Made {
  op: string;
  type: string;
  name: string;
  parent?: string;
  old?: Record<string, unknown>;
  new?: Record<string, unknown>;
  oldOutputs?: Record<string, unknown>;
  newOutputs?: Record<string, unknown>;
  detailedDiff?: Record<string, string>;
  diffs?: string[];
  keys?: string[];
  protect?: boolean;
  protectAfter?: boolean;
  retain?: boolean;
}

export function urnOf({ name, type }: Pick<Made, "name" | "type">): string {
  return `urn:pulumi:staging::slipway::${type}::${name}`;
}

export const SECRET_MARK = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/** The whole stream, with the stack itself first. */
export function stream(steps: readonly Made[], { config = {}, more = [], result = "succeeded" }: { config?: Record<string, string>; more?: object[]; result?: string } = {}): string {
  const events = [{ preludeEvent: { config } }, ...steps.flatMap(eventsOf), ...more, { summaryEvent: { maybeCorrupt: false, result } }, { cancelEvent: {} }];
  return events.map((event, sequence) => JSON.stringify({ sequence, timestamp: 1_795_293_338, ...event })).join("\n") + "\n";
}

function eventsOf(made: Made): object[] {
  const { detailedDiff, diffs, keys, new: after, newOutputs, old: before, oldOutputs, op, protect = false, retain = false, type } = made;
  const urn = urnOf(made);
  const state = (inputs: Record<string, unknown> | undefined, outputs: Record<string, unknown> | undefined, guarded: boolean): object | null => (
    inputs === undefined ? null : { type, urn, custom: true, id: "id", parent: made.parent ?? "", protect: guarded, retainOnDelete: retain, inputs, outputs: outputs ?? {}, provider: "" }
  );
  const metadata = {
    op, urn, type, provider: "", logical: true, diffs: diffs ?? null, keys: keys ?? null,
    old: state(before, oldOutputs, protect), new: state(after, newOutputs, made.protectAfter ?? protect),
    detailedDiff: detailedDiff === undefined ? null : Object.fromEntries(Object.entries(detailedDiff).map(([path, diffKind]) => [path, { diffKind, inputDiff: true }])),
  };
  return [{ resourcePreEvent: { metadata: { ...metadata, detailedDiff: null }, planning: true } }, { resOutputsEvent: { metadata, planning: true } }];
}

/** A repository with an environment, and a service that comes from it; nothing changes. */
export function house(): Made[] {
  const stack: Made = { op: "same", type: "pulumi:pulumi:Stack", name: "slipway-staging", old: {}, new: {} };
  const repository: Made = { op: "same", type: "slipway:github:GitHubRepository", name: "shop", parent: urnOf(stack), old: {}, new: {} };
  const environment: Made = { op: "same", type: "slipway:github:Environment", name: "shop-environment-production", parent: urnOf(repository), old: {}, new: {} };
  const service: Made = { op: "same", type: "slipway:delivery:Service", name: "storefront", parent: urnOf(stack), old: {}, new: {} };
  return [stack, repository, environment, service];
}

export const IN_REPOSITORY = urnOf({ type: "slipway:github:GitHubRepository", name: "shop" });
export const IN_ENVIRONMENT = urnOf({ type: "slipway:github:Environment", name: "shop-environment-production" });
export const IN_SERVICE = urnOf({ type: "slipway:delivery:Service", name: "storefront" });
