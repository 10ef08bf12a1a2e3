import { describe, expect, test } from "@jest/globals";
import { exitCodeOf } from "../../../operations/rollout/events.ts";
import type { Occurrence } from "../../../operations/rollout/events.ts";
import { leftText, textOf } from "../../../operations/rollout/text.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z") / 1000;
const AT = "2026-11-21T12:00:00.000Z";
const reading = { name: "errors", value: 1.23456, limit: 5, unit: "percent", samples: 200, evidence: 0 };

describe("a line for people", () => {
  test.each<[Occurrence, string]>([
    [{ event: "started", image: "ghcr.io/acme/shop@sha256:b", revision: "rb", strategy: "canary", stages: [10, 100], resumed: false }, "shop: starts rb (ghcr.io/acme/shop@sha256:b), canary over 10 %, 100 %"],
    [{ event: "started", image: "b", revision: "rb", strategy: "blue-green", stages: [0, 100], resumed: true }, "shop: goes on with rb (b), blue-green over 0 %, 100 %"],
    [{ event: "stage", stage: 1, weight: 10, revision: "rb", until: "2026-11-21T12:10:00Z" }, "shop: rb has 10 % of the traffic, for 10 min at least"],
    [{ event: "stage", stage: 1, weight: 0, revision: "rb", until: undefined }, "shop: rb has 0 % of the traffic"],
    [{ event: "stage", stage: 1, weight: 10, revision: "rb", until: "2026-11-21T11:00:00Z" }, "shop: rb has 10 % of the traffic, for 0 s at least"],
    [{ event: "gate", verdict: "pass", why: "200 requests and nothing against the candidate", samples: 200, indicators: [reading, { ...reading, name: "p95", limit: null, unit: "milliseconds", value: 120 }, { ...reading, value: null }] }, "shop: pass, 200 requests and nothing against the candidate [errors 1.23 of 5 percent, p95 120 milliseconds]"],
    [{ event: "gate", verdict: "no-answer", why: "timeout: no answer within 10 s", samples: 0, indicators: [] }, "shop: no-answer, timeout: no answer within 10 s"],
    [{ event: "baking", revision: "rb", until: "2026-11-21T14:00:00Z" }, "shop: rb has all traffic and is watched for 2 h"],
    [{ event: "held", reason: "approval", weight: 10, next: "slipway promote shop", revision: "rb" }, "shop: held at 10 %, approval; go on with: slipway promote shop"],
    [{ event: "held", reason: "freeze", weight: 10, next: "slipway rollout shop", detail: "sale", revision: "rb" }, "shop: held at 10 %, freeze (sale); go on with: slipway rollout shop"],
    [{ event: "rolled-back", reason: "errors 10 %", seconds: 6.1, revision: "rb" }, "shop: rolled back within 6.1 s, errors 10 %"],
    [{ event: "done", image: "b", revision: "rb" }, "shop: done, rb serves (b)"],
    [{ event: "failed", message: "no route to host", next: "slipway rollout shop" }, "shop: failed, no route to host; go on with: slipway rollout shop"],
  ])("of %j", (occurrence, line) => {
    expect(textOf({ at: AT, service: "shop", ...occurrence }, NOW)).toBe(line);
  });

  test.each([[-5, "0 s"], [0.4, "0 s"], [119, "119 s"], [119.6, "2 min"], [120, "2 min"], [7199, "120 min"], [7200, "2 h"], [86400, "24 h"]])("says %d seconds as %s", (seconds, text) => {
    expect(leftText(seconds)).toBe(text);
  });
});

describe("the exit code", () => {
  const held = (reason: Extract<Occurrence, { event: "held" }>["reason"]): Occurrence => ({ event: "held", reason, weight: 10, next: "", revision: "rb" });
  const done: Occurrence = { event: "done", image: "b", revision: "rb" };
  const failed: Occurrence = { event: "failed", message: "", next: "" };
  const back: Occurrence = { event: "rolled-back", reason: "", seconds: 1, revision: "rb" };

  test.each<[string, Occurrence[], number]>([
    ["done", [done], 0],
    ["held for approval", [held("approval")], 0],
    ["held for time", [held("time")], 0],
    ["held for a freeze", [held("freeze")], 0],
    ["held by an operator", [held("operator")], 1],
    ["held without an answer", [held("no-answer")], 1],
    ["failed", [failed], 1],
    ["rolled back", [back], 2],
    ["a group with one that was rolled back", [done, back, failed], 2],
    ["a group with one that failed", [done, failed], 1],
    ["nothing said", [], 1],
    ["a stream that ends without a last word", [{ event: "stage", stage: 1, weight: 10, revision: "rb" }], 1],
  ])("of %s", (_, last, code) => {
    expect(exitCodeOf(last)).toBe(code);
  });
});
