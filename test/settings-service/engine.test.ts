import { describe, expect, test } from "@jest/globals";
import { BASE, changed, linesOf } from "../settings/base.ts";

const S = "services.shop";
const FLAGGER = { kind: "flagger", prometheus: "http://prometheus.istio-system:9090" };
const ROLLOUT = { engine: FLAGGER, dwellSeconds: 30, bakeSeconds: 0, approval: "none" };

function wrong(more: Record<string, unknown> = {}, rollout: object = {}): string[] {
  return linesOf(changed(BASE, { [`${S}.rollout`]: { ...ROLLOUT, ...rollout }, ...more }));
}

const TESTERS = { header: "x-tester", value: "yes" };

describe("Flagger may own the weights of a service", () => {
  test.each<[string, Record<string, unknown>, object]>([
    ["of a canary", {}, {}],
    ["of a canary that is mirrored and keeps its visitors", { [`${S}.traffic.mirror`]: { percent: 10 }, [`${S}.traffic.affinity`]: { kind: "revision", cookie: "seen", ttlSeconds: 600 } }, {}],
    ["of blue-green with testers", { [`${S}.strategy`]: { kind: "blue-green" }, [`${S}.traffic.testers`]: TESTERS }, {}],
    ["of blue-green with a mirror", { [`${S}.strategy`]: { kind: "blue-green" }, [`${S}.traffic.mirror`]: { percent: 100 } }, {}],
    ["that has several ports in the mesh", { [`${S}.traffic.exposure`]: { kind: "mesh" }, [`${S}.ports`]: [{ name: "http", port: 8080, protocol: "http" }, { name: "grpc", port: 9090, protocol: "grpc" }] }, {}],
    ["with one failure at once", {}, { engine: { ...FLAGGER, failedChecks: 1 }, dwellSeconds: 45 }],
    ["with many failures at short intervals", {}, { engine: { ...FLAGGER, failedChecks: 8 }, dwellSeconds: 10 }],
  ])("%s", (_, more, rollout) => {
    expect(wrong(more, rollout)).toEqual([]);
  });

  test("and slipway may, in a word, with nothing else to say", () => {
    expect(linesOf(changed(BASE, { [`${S}.rollout`]: { engine: "slipway" } }))).toEqual([]);
  });
});

describe("Flagger is not given", () => {
  test("what only Slipway's driver does, all told at once", () => {
    expect(wrong({}, {
      dwellSeconds: 600, bakeSeconds: 600, approval: "first-stage",
      freezes: [{ from: "2026-12-24T00:00:00Z", until: "2026-12-27T00:00:00Z", reason: "holidays" }],
      smoke: [{ name: "home", url: "https://shop.example.com/" }],
    })).toEqual([
      "services.shop.rollout.dwellSeconds: is Flagger's interval between two checks, and with failedChecks 2 a bad release would stay for 1830 seconds, got 600; write 10 to 30",
      'services.shop.rollout.approval: waits for somebody after the first stage, which Flagger does not, got "first-stage"; write none, or engine: slipway',
      "services.shop.rollout.bakeSeconds: watches a release after its last stage, which Flagger does not, got 600; write 0, or engine: slipway",
      "services.shop.rollout.freezes: holds rollouts, which Flagger goes on with; remove it, or write engine: slipway",
      "services.shop.rollout.smoke: is asked by Slipway's driver, which has no part in it; remove it, or write engine: slipway",
    ]);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ["a release without a candidate", { [`${S}.strategy`]: { kind: "direct", retain: 0 } }, [
      'services.shop.strategy.kind: has no candidate for Flagger to judge, got "direct"; choose canary or blue-green, or write engine: slipway',
    ]],
    ["a service without requests", {
      [`${S}.ports`]: [{ name: "redis", port: 6379, protocol: "tcp" }], [`${S}.traffic.exposure`]: { kind: "mesh" }, [`${S}.probes`]: { readiness: { kind: "tcp", port: "redis" } },
    }, [
      "services.shop.ports: has none whose requests Flagger could judge; give one the protocol http, http2 or grpc, or write engine: slipway",
    ]],
    ["several HTTP ports behind a gateway", { [`${S}.ports`]: [{ name: "http", port: 8080, protocol: "http" }, { name: "grpc", port: 9090, protocol: "grpc" }] }, [
      'services.shop.ports: has several that speak HTTP, and behind a gateway Flagger leads all requests to one, got ["http","grpc"]; keep one, or write engine: slipway',
    ]],
    ["testers of a canary", { [`${S}.traffic.testers`]: TESTERS }, [
      "services.shop.traffic.testers: leads to the candidate by a header, which Flagger does for blue-green alone; choose the strategy blue-green, or remove it",
    ]],
    ["blue-green that nobody meets", { [`${S}.strategy`]: { kind: "blue-green", retain: 1 } }, [
      'services.shop.strategy.kind: gives the candidate no requests to be judged by, got "blue-green"; add traffic.testers or traffic.mirror, or choose canary',
      "services.shop.strategy.retain: keeps old revisions, of which Flagger keeps none, got 1; write 0",
    ]],
    ["testers and a mirror at once, and half of one", { [`${S}.strategy`]: { kind: "blue-green" }, [`${S}.traffic.testers`]: TESTERS, [`${S}.traffic.mirror`]: { percent: 12.5 } }, [
      "services.shop.traffic.mirror: is not made by Flagger beside testers; remove one of them",
      "services.shop.traffic.mirror.percent: is not whole, and Flagger takes whole per cents, got 12.5; write a whole number from 1 to 100",
    ]],
    ["a number of pods", { [`${S}.scaling`]: { kind: "fixed", replicas: 3 } }, [
      'services.shop.scaling.kind: fixes a number of pods that Flagger would change, got "fixed"; write auto, with min and max the same for a fixed number',
    ]],
    ["visitors of blue-green to keep, for a session", {
      [`${S}.strategy`]: { kind: "blue-green" }, [`${S}.traffic.testers`]: TESTERS, [`${S}.traffic.affinity`]: { kind: "revision", cookie: "seen", ttlSeconds: 0 },
    }, [
      'services.shop.traffic.affinity.kind: keeps visitors with a revision, which Flagger does for canary alone, got "revision"; choose the strategy canary, or another affinity',
      "services.shop.traffic.affinity.ttlSeconds: means the session, and Flagger's cookies have an age, got 0; write at least 1",
    ]],
    ["an interval that one scrape would answer", { [`${S}.rollout.dwellSeconds`]: 9 }, [
      "services.shop.rollout.dwellSeconds: is Flagger's interval between two checks, which one scrape would answer, got 9; write 10 to 30",
    ]],
    ["the name of another service", { "services.shop-primary": BASE.services.cart, "services.shop-canary": BASE.services.cart }, [
      "services.shop-primary: is the name that Flagger gives to objects of services.shop; rename one of them",
      "services.shop-canary: is the name that Flagger gives to objects of services.shop; rename one of them",
    ]],
  ])("%s", (_, more, lines) => {
    expect(wrong(more)).toEqual(lines);
  });

  test.each<[string, unknown, string[]]>([
    ["a shape that it has not", {
      kind: "flagger", prometheus: "prometheus:9090", failedChecks: 0, unreadySeconds: 5, treshold: 3, alerts: { team: { kind: "slak", address: "https://hooks.example.com/x" } },
    }, [
      "services.shop.rollout.engine.prometheus: is not a web address; write it whole and without a password in it, such as https://example.com/path",
      "services.shop.rollout.engine.failedChecks: is not a whole number from 1 to 8, got 0; write the number of checks without quotes",
      "services.shop.rollout.engine.unreadySeconds: is not a whole number from 30 to 3600, got 5; write seconds without quotes",
      'services.shop.rollout.engine.alerts.team.kind: is none of slack, msteams, discord, rocket, gchat, got "slak"; write slack',
      "services.shop.rollout.engine.alerts.team.address: is not a reference to a secret; write { secret: <config key> }",
      "services.shop.rollout.engine.treshold: is not a setting; remove it, or use one of kind, prometheus, failedChecks, checks, unreadySeconds, alerts",
    ]],
    ["no Prometheus", { kind: "flagger" }, [
      "services.shop.rollout.engine.prometheus: is missing; write it whole and without a password in it, such as https://example.com/path",
    ]],
    ["another name", "argo", ['services.shop.rollout.engine: is no engine, got "argo"; write slipway or { kind: flagger, prometheus: … }']],
    ["an address that nobody has set", { ...FLAGGER, alerts: { team: { kind: "slack", address: { secret: "teamWebhook" } } } }, [
      "secrets.teamWebhook: is needed by services.shop.rollout.engine.alerts.team.address and is not set; run pulumi config set --secret slipway:teamWebhook",
    ]],
  ])("%s", (_, engine, lines) => {
    expect(wrong({}, { engine })).toEqual(lines);
  });
});
