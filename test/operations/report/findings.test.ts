import { describe, expect, test } from "@jest/globals";
import { reportJson } from "../../../operations/drift/json.ts";
import type { DriftReport } from "../../../operations/drift/report.ts";
import { SEVERITIES } from "../../../operations/drift/types.ts";
import { readFindings } from "../../../operations/report/findings.ts";
import type { PolicyReport } from "../../../policy/types.ts";
import { ago } from "./fixtures.ts";

describe("findings of a report", () => {
  test("are read from drift, worst first, with values, reason and next step", () => {
    const at = { where: "https://github.com/acme/shop/settings", since: ago(9), type: "github", seenBy: "github" as const, next: { reconcile: "run it", adopt: { none: "x" }, ignore: "y" } };
    const excused = { ...at, what: "github:Repository/till", change: "changed" as const, reason: "we know" };
    const told: DriftReport = {
      stack: "production", checked: ago(1), resources: 9, ignored: [excused], owned: [excused, excused],
      findings: [
        { ...at, severity: "benign", what: "github:Repository/shop", field: "description", change: "changed", declared: "a", live: "b".repeat(90), because: "it is a text" },
        { ...at, severity: "hostile", what: "github:RepositoryEnvironment/shop:production", change: "missing", because: "anybody can deploy" },
      ],
    };
    expect(readFindings(JSON.parse(reportJson(told)))).toEqual({
      stack: "production", at: ago(1), excused: 1,
      list: [
        { severity: "hostile", urgency: "act", where: "github:RepositoryEnvironment/shop:production", address: at.where, since: at.since, what: "is gone; anybody can deploy", next: "run it" },
        { severity: "benign", urgency: "none", where: "github:Repository/shop", address: at.where, since: at.since, what: `description was changed: declared a, live ${"b".repeat(79)}…; it is a text`, next: "run it" },
      ],
    });
  });

  test("are read from the policies, the resource's name once", () => {
    const finding = { policy: "probes", severity: "mandatory" as const, urn: "u", type: "t", resource: "shop-ra", message: "shop-ra: spec has no probe; add one" };
    const exempted = { ...finding, exempt: { reason: "soon gone", until: "2026-12-01" } };
    const told: PolicyReport = { findings: [finding], exempted: [exempted, exempted], unused: [], resources: 3, policies: 9 };
    expect(readFindings({ stack: "production", at: ago(1), ...told })).toEqual({
      stack: "production", at: ago(1), excused: 2, list: [{ severity: "mandatory", urgency: "act", where: "shop-ra", what: "probes: spec has no probe; add one" }],
    });
  });

  test("have an urgency for each severity of drift and of the policies", () => {
    const severities = ["mandatory", "advisory", ...SEVERITIES];
    const found = readFindings(severities.map((severity) => ({ severity, name: severity })));
    expect(Object.fromEntries((found?.list ?? []).map(({ severity, urgency }) => [severity, urgency]))).toEqual({ mandatory: "act", advisory: "look", hostile: "act", risky: "look", benign: "none" });
  });

  test("are kept where they are of another program or cannot be read", () => {
    expect(readFindings([{ name: "shop", message: "is odd", severity: "weird" }, { no: "name" }, 7, null])?.list).toEqual([
      { severity: "weird", urgency: "look", where: "shop", what: "is odd", since: undefined, next: undefined },
      { severity: "not graded", urgency: "look", where: "not said", what: '{"no":"name"}', since: undefined, next: undefined },
      { severity: "not graded", urgency: "look", where: "not said", what: "7", since: undefined, next: undefined },
      { severity: "not graded", urgency: "look", where: "not said", what: "nothing", since: undefined, next: undefined },
    ]);
    expect(readFindings([{ name: "constructor", what: "toString", severity: "valueOf", change: "hasOwnProperty" }])?.list).toEqual([{ severity: "valueOf", urgency: "look", where: "toString", what: "hasOwnProperty" }]);
    for (const none of [{}, { findings: "none" }, "text", 3, null]) expect(readFindings(none)).toBeUndefined();
  });
});
