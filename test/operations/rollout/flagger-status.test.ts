import { describe, expect, test } from "@jest/globals";
import { flaggerLive } from "../../../operations/rollout/flagger-live.ts";
import { flaggerStatus } from "../../../operations/rollout/flagger-status.ts";
import { refreshed } from "../../../operations/rollout/stack.ts";
import type { Status } from "../../../operations/rollout/status.ts";
import { Problem } from "../../../toolchain/problem.ts";

const AT = "2026-11-21T10:00:00Z";
const STEPS = { interval: "30s", threshold: 2, stepWeights: [10, 25, 50] };
const BLUE_GREEN = { interval: "30s", threshold: 2, iterations: 10, mirror: true };
const TESTED = { ...BLUE_GREEN, match: [{ headers: { "x-tester": { exact: "yes" } } }] };

function deployment(revision: string): unknown {
  return { spec: { template: { metadata: { labels: { app: "shop", version: revision } }, spec: { containers: [{ name: "istio-proxy", image: "proxy" }, { name: "shop", image: `ghcr.io/acme/shop@${revision}` }] } } } };
}

function canary(status: unknown, spec: object = {}): unknown {
  return {
    apiVersion: "flagger.app/v1beta1", kind: "Canary", metadata: { name: "shop", creationTimestamp: "2026-11-21T09:00:00Z" },
    spec: { targetRef: { kind: "Deployment", name: "shop" }, analysis: STEPS, ...spec }, ...(status === undefined ? {} : { status }),
  };
}

const shown = (revision: string, weight: number): object => ({ revision, image: `ghcr.io/acme/shop@${revision}`, weight, applied: weight });
const old = (weight: number): object => ({ stable: shown("ra", weight) });
const fresh = (weight: number): object => ({ stable: shown("ra", 100 - weight), candidate: shown("rb", weight) });
const WHOLE = { candidate: null, held: null, asked: null, rejected: [], inCluster: true, since: AT };

/** Phase, its status, the spec, and what differs from a settled one; the stack wants rb, and ra serves. */
const PHASES: [title: string, status: object, spec: object, words: object][] = [
  ["Initialized, with a revision that it has not looked at", { phase: "Initialized" }, {}, { ...fresh(0), stage: "not begun" }],
  ["Waiting", { phase: "Waiting" }, {}, { ...fresh(0), stage: "0 %", held: "approval" }],
  ["Progressing before the first weight", { phase: "Progressing", canaryWeight: 0 }, {}, { ...fresh(0), stage: "0 %" }],
  ["Progressing", { phase: "Progressing", canaryWeight: 25, iterations: 0, failedChecks: 0 }, {}, { ...fresh(25), stage: "25 %" }],
  ["Progressing, with a failed check", { phase: "Progressing", canaryWeight: 25, failedChecks: 1 }, {}, { ...fresh(25), stage: "25 %, 1 of 2 failed checks" }],
  ["Progressing, suspended", { phase: "Progressing", canaryWeight: 10 }, { suspend: true }, { ...fresh(10), stage: "10 %", held: "operator" }],
  ["Progressing by checks", { phase: "Progressing", iterations: 3 }, { analysis: BLUE_GREEN }, { ...fresh(0), stage: "check 3 of 10" }],
  ["Progressing after the last check", { phase: "Progressing", iterations: 11, failedChecks: 1 }, { analysis: BLUE_GREEN }, { ...fresh(0), stage: "check 10 of 10, 1 of 2 failed checks" }],
  ["WaitingPromotion at the last weight, though Flagger writes 0", { phase: "WaitingPromotion", canaryWeight: 0 }, {}, { ...fresh(50), stage: "50 %", held: "approval" }],
  ["WaitingPromotion of blue-green", { phase: "WaitingPromotion", iterations: 9 }, { analysis: BLUE_GREEN }, { ...fresh(0), stage: "0 %", held: "approval" }],
  ["Promoting at the last weight", { phase: "Promoting" }, {}, { ...fresh(50), stage: "promoting" }],
  ["Promoting blue-green, which has all traffic", { phase: "Promoting" }, { analysis: BLUE_GREEN }, { ...fresh(100), stage: "promoting" }],
  ["Promoting what testers alone have met", { phase: "Promoting" }, { analysis: TESTED }, { ...fresh(0), stage: "promoting" }],
  ["Failed", { phase: "Failed", conditions: [{ type: "Promoted", status: "False", reason: "Failed", message: "Canary analysis failed, Deployment scaled to zero." }] }, {}, {
    ...old(100), stage: "settled", rejected: [{ revision: "rb", reason: "Canary analysis failed, Deployment scaled to zero.", at: AT }], inCluster: false,
  }],
  ["Failed without a word", { phase: "Failed" }, {}, { ...old(100), stage: "settled", rejected: [{ revision: "rb", reason: "Flagger's analysis failed", at: AT }], inCluster: false }],
  ["Terminating", { phase: "Terminating" }, {}, { ...old(100), stage: "given up by Flagger", inCluster: false }],
  ["Terminated", { phase: "Terminated" }, {}, { ...old(100), stage: "given up by Flagger", inCluster: false }],
];

/** Without what Flagger itself says. */
function words({ controller: _, ...status }: Status): Omit<Status, "controller"> {
  return status;
}

describe("a Canary whose stack wants another revision than the one that serves reads", () => {
  test.each(PHASES)("%s", (_, status, spec, said) => {
    const objects = { canary: canary({ lastTransitionTime: AT, ...status }, spec), target: deployment("rb"), primary: deployment("ra") };
    expect(words(flaggerStatus(objects))).toEqual({ ...WHOLE, ...said });
  });
});

describe("a Canary whose copy runs what the stack wants reads", () => {
  test.each([
    ["Initialized", {}, { stage: "settled" }],
    ["Succeeded", {}, { stage: "settled" }],
    ["Succeeded", { suspend: true }, { stage: "settled" }],
    ["Finalising", {}, { stage: "finishing" }],
    ["Failed", {}, { stage: "settled", rejected: [{ revision: "rb", reason: "Flagger's analysis failed", at: AT }] }],
  ])("%s (%j)", (phase, spec, said) => {
    const objects = { canary: canary({ phase, lastTransitionTime: AT }, spec), target: deployment("rb"), primary: deployment("rb") };
    expect(words(flaggerStatus(objects))).toEqual({ ...WHOLE, stable: shown("rb", 100), ...said });
  });
});

describe("a Canary that Flagger has not made its copy for", () => {
  test.each([
    ["has not looked at", undefined, "2026-11-21T09:00:00Z"],
    ["looks at for the first time", { phase: "", lastTransitionTime: null }, "2026-11-21T09:00:00Z"],
    ["is making it for", { phase: "Initializing", lastTransitionTime: AT }, AT],
  ])("%s is served by the Deployment that the stack made", (_, status, since) => {
    expect(words(flaggerStatus({ canary: canary(status), target: deployment("ra") }))).toEqual({ ...WHOLE, stable: shown("ra", 100), stage: "initializing", inCluster: false, since });
  });
});

describe("a Canary that the stack alone is asked about, which knows no copy", () => {
  const unknown = (weight: number): object => ({ revision: "unknown", image: "unknown", weight, applied: weight });

  test("shows Flagger's own words, and what serves beside the candidate as unknown", () => {
    const conditions = [{ type: "Promoted", status: "Unknown", reason: "Progressing", message: "New revision detected, progressing canary analysis." }];
    const status = flaggerStatus({ canary: canary({ phase: "Progressing", canaryWeight: 25, lastTransitionTime: AT, conditions }), target: deployment("rb") });
    expect(status).toEqual({ ...WHOLE, stable: unknown(75), candidate: shown("rb", 25), stage: "25 %", controller: { phase: "Progressing", weight: 25, conditions } });
  });

  test("that failed does not serve what the stack wants", () => {
    expect(flaggerStatus({ canary: canary({ phase: "Failed", lastTransitionTime: AT }), target: deployment("rb") })).toMatchObject({ stable: unknown(100), inCluster: false, rejected: [{ revision: "rb" }] });
  });

  test("that succeeded serves it", () => {
    expect(flaggerStatus({ canary: canary({ phase: "Succeeded", lastTransitionTime: AT }), target: deployment("rb") })).toMatchObject({ stable: shown("rb", 100), inCluster: true, controller: { phase: "Succeeded", weight: 0, conditions: [] } });
  });
});

describe("Flagger's objects", () => {
  const CANARY = "urn:pulumi:test::slipway::flagger::shop-controlled-traffic-flagger-canary";
  const TARGET = "urn:pulumi:test::slipway::deployment::shop-controlled-pods-deployment";
  const resource = (urn: string, type: string, name: string, outputs: object) => ({ urn, type, outputs: { metadata: { name }, ...outputs } });
  const exported = { deployment: { resources: [
    resource("urn:pulumi:test::slipway::deployment::cart-controlled-pods-deployment", "kubernetes:apps/v1:Deployment", "cart", { of: "cart" }),
    resource(CANARY, "kubernetes:flagger.app/v1beta1:Canary", "shop", { at: "the last update" }),
    resource(TARGET, "kubernetes:apps/v1:Deployment", "shop", { at: "the last update" }),
  ] } };

  test("are those of the cluster now, and of the last update where they are gone", async () => {
    const events = [{ sequence: 0, preludeEvent: {} }, { resourcePreEvent: { metadata: { urn: CANARY } } }, { resOutputsEvent: { metadata: { op: "same", urn: CANARY, new: { outputs: { at: "now" } } } } }, { resOutputsEvent: { metadata: { op: "delete", urn: TARGET, new: null } } }];
    const asked: string[][] = [];
    const stack = { name: "test", exported: async () => exported, live: async (urns: readonly string[]) => (asked.push([...urns]), refreshed(`${events.map((each) => JSON.stringify(each)).join("\n")}\n`)) };
    expect(await flaggerLive("shop", stack)).toEqual({ canary: { at: "now" }, target: { metadata: { name: "shop" }, at: "the last update" } });
    expect(asked).toEqual([[CANARY, TARGET]]);
  });

  test("are missed where the stack has none", async () => {
    const stack = { name: "test", exported: async () => exported, live: async () => ({}) };
    await expect(flaggerLive("cart", stack)).rejects.toThrow(new Problem("cart: has no Canary in stack test yet; run pulumi up first"));
  });
});

describe("what is not Flagger's", () => {
  test.each<[string, object, RegExp]>([
    ["a phase of another version", { canary: canary({ phase: "Paused" }) }, /^Canary: its status\.phase is not as Flagger writes it \(.+\); look at it with kubectl$/],
    ["an answer that is none", { canary: "not found" }, /^Canary: its whole is not as Flagger writes it \(.+\); look at it with kubectl$/],
    ["a Deployment without a revision", { target: { spec: {} } }, /^Deployment shop: its spec\.template is not as /],
    ["a copy without a revision", { primary: {} }, /^Deployment shop-primary: its spec is not as /],
  ])("is refused: %s", (_, change, text) => {
    expect(() => flaggerStatus({ canary: canary({ phase: "Succeeded" }), target: deployment("ra"), primary: deployment("ra"), ...change })).toThrow(text);
  });
});
