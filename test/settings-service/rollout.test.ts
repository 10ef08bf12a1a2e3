import { describe, expect, test } from "@jest/globals";
import { BASE, changed, linesOf } from "../settings/base.ts";

function wrong(rollout: object, more: object = {}): string[] {
  return linesOf(changed(BASE, { "services.shop.rollout": rollout, ...more }));
}

describe("the rollout of a service", () => {
  test.each([
    ["left out", {}],
    ["slow and approved", { dwellSeconds: 86_400, bakeSeconds: 0, minimumRequests: 1, approval: "first-stage" }],
    ["frozen over Christmas", { freezes: [{ from: "2026-12-24T00:00:00+01:00", until: "2026-12-27T00:00:00Z", reason: "holidays" }] }],
    ["smoke-tested", { smoke: [{ name: "home", url: "https://shop.example.com/", headers: { "x-tester": "canary" }, contains: "welcome" }] }],
  ])("may be %s", (_, rollout) => {
    expect(wrong(rollout)).toEqual([]);
  });

  test("is refused with everything that is wrong with it", () => {
    expect(wrong({
      dwellSeconds: -1,
      lookSeconds: 4,
      unreadySeconds: 29,
      approval: "always",
      freezes: [{ from: "tomorrow", until: "2026-12-27", reason: "" }],
      smoke: [{ name: "home", url: "shop", status: 99, timeoutSeconds: 61 }],
    })).toEqual([
      "services.shop.rollout.dwellSeconds: is not a whole number from 0 to 86400, got -1; write seconds without quotes",
      "services.shop.rollout.lookSeconds: is not a whole number from 5 to 60, got 4; write seconds without quotes",
      "services.shop.rollout.unreadySeconds: is not a whole number from 30 to 3600, got 29; write seconds without quotes",
      'services.shop.rollout.approval: is none of first-stage, none, got "always"; write one of them',
      'services.shop.rollout.freezes[0].from: is not a time with its zone, got "tomorrow"; write it as 2026-12-24T18:00:00Z or 2026-12-24T18:00:00+01:00',
      'services.shop.rollout.freezes[0].until: is not a time with its zone, got "2026-12-27"; write it as 2026-12-24T18:00:00Z or 2026-12-24T18:00:00+01:00',
      'services.shop.rollout.freezes[0].reason: is not a text of 1 to 200 characters, got ""; write such a text, in quotes where it looks like a number',
      'services.shop.rollout.smoke[0].url: is not a web address; write it whole and without a password in it, such as https://example.com/path',
      "services.shop.rollout.smoke[0].status: is not a whole number from 100 to 599, got 99; write the status without quotes",
      "services.shop.rollout.smoke[0].timeoutSeconds: is not a whole number from 1 to 60, got 61; write seconds without quotes",
    ]);
  });

  test("gives pods the time that their startup probe allows", () => {
    const startup = { kind: "http", path: "/ready", port: "http", initialDelaySeconds: 10, periodSeconds: 5, failureThreshold: 18 };
    expect(wrong({}, { "services.shop.probes.startup": startup })).toEqual([
      "services.shop.rollout.unreadySeconds: is less than the startup probe allows (100 seconds), so that a slow start would be rolled back, got 90; write at least 100",
    ]);
    expect(wrong({ unreadySeconds: 100 }, { "services.shop.probes.startup": startup })).toEqual([]);
  });

  test("has no freeze that ends before it begins", () => {
    expect(wrong({ freezes: [{ from: "2026-12-27T00:00:00Z", until: "2026-12-24T00:00:00Z", reason: "holidays" }] })).toEqual([
      'services.shop.rollout.freezes[0].until: ends before it begins, got "2026-12-24T00:00:00Z"; swap from and until',
    ]);
  });

  test("asks a Prometheus that has a web address", () => {
    expect(wrong({}, { prometheus: { url: "http://prometheus.example.com:9090" } })).toEqual([]);
    expect(wrong({}, { prometheus: { url: "prometheus:9090" } })).toHaveLength(1);
  });
});
