import { describe, expect, test } from "@jest/globals";
import type { Release, RevisionRecord, Role } from "../../../components/delivery/release-types.ts";
import type { ServiceSettings } from "../../../components/delivery/service-settings.ts";
import { lengthText, releaseText } from "../../../operations/preview/release-text.ts";
import { releaseViews } from "../../../operations/preview/release-view.ts";
import { parseStackFile } from "../../../settings/stack-file.ts";

const NOW = new Date("2026-11-21T20:00:00.000Z");
const DIGEST = "b".repeat(64);

function settingsOf({ rollout = "{}", strategy = "{ kind: canary, stages: [10, 50, 100] }" } = {}): ServiceSettings {
  const parsed = parseStackFile("Pulumi.test.yaml", `config:
  github:owner: acme
  slipway:namespaces: { shop: {} }
  slipway:services:
    shop:
      repository: { external: shop }
      namespace: shop
      image: { from: digest, reference: "ghcr.io/acme/shop@sha256:${DIGEST}" }
      strategy: ${strategy}
      ports: [{ name: http, port: 8080 }]
      probes: { readiness: { kind: http, path: /ready, port: http } }
      traffic: {}
      rollout: ${rollout}
`);
  if ("problems" in parsed || parsed.settings.services["shop"] === undefined) throw new Error(JSON.stringify(parsed));
  return parsed.settings.services["shop"];
}

const settings = settingsOf();

function revision(id: string, role: Role, weight: number): RevisionRecord {
  const { ports, probes } = settings;
  const { disruption, drainSeconds, environment, gracePeriodSeconds, podAnnotations, readOnlyRoot, resources, scaling, secrets, spread, user, writable } = settings;
  return { id, role, weight, image: `ghcr.io/acme/shop@sha256:${DIGEST}`, specification: { disruption, drainSeconds, environment, gracePeriodSeconds, podAnnotations, ports, probes, readOnlyRoot, resources, scaling, secrets, spread, user, writable } };
}

function release(...revisions: RevisionRecord[]): Release {
  return { revisions, stage: revisions.some(({ role }) => role === "candidate") ? { kind: "rollout" } : { kind: "settled" }, since: NOW.toISOString(), rejected: [] };
}

function told(before: Release | undefined, after: Release | undefined, of: ServiceSettings = settings): string[] {
  const map = (one: Release | undefined): Record<string, Release> => (one === undefined ? {} : { shop: one });
  return releaseViews(map(before), map(after), { shop: of }, NOW).map((view) => releaseText(view));
}

const one = release(revision("r1", "stable", 100));
const IMAGE = `ghcr.io/acme/shop@sha256:${"b".repeat(12)}`;

describe("what becomes of the requests is told:", () => {
  test("a candidate that starts, with all that lies before it", () => {
    expect(told(one, release(revision("r1", "stable", 90), revision("r2", "candidate", 10)))).toEqual([
      `shop: r2 starts beside r1 with 10 % of the requests (${IMAGE}). Then 50 %, 100 %, at least 20 min from here to all of them. Somebody promotes it after the first stage. The gate wants 100 requests at each weight. The old revision stays ready 10 min longer.`,
    ]);
  });

  test("one that nobody is asked about, and that a freeze stops", () => {
    const frozen = settingsOf({ rollout: '{ approval: none, dwellSeconds: 7200, freezes: [{ from: "2026-12-20T00:00:00Z", until: "2027-01-02T00:00:00Z", reason: holidays }, { from: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z", reason: over }] }' });
    expect(told(one, release(revision("r1", "stable", 50), revision("r2", "candidate", 50)), frozen)).toEqual([
      `shop: r2 starts beside r1 with 50 % of the requests (${IMAGE}). Then 100 %, at least 2 h from here to all of them. Nobody is asked. The gate wants 100 requests at each weight. The old revision stays ready 10 min longer. Nothing rises from 2026-12-20T00:00:00Z to 2027-01-02T00:00:00Z: holidays.`,
    ]);
  });

  test.each<[string, Release | undefined, Release | undefined, string]>([
    ["the first revision of all", undefined, one, `shop: r1 is the first revision and takes all requests (${IMAGE}).`],
    ["one that takes all at once", one, release(revision("r2", "stable", 100), revision("r1", "retained", 0)), `shop: r2 takes all requests at once from r1 (${IMAGE}).`],
    ["a candidate that is taken back", release(revision("r1", "stable", 90), revision("r2", "candidate", 10)), one, "shop: r2 loses its requests to r1."],
    ["old ones that are forgotten", release(revision("r1", "stable", 100), revision("r0", "retained", 0)), one, "shop: r1 keeps all requests; what is recorded of older revisions changes."],
    ["a service that goes", one, undefined, "shop: r1 and all that serves it go: nobody answers any more."],
  ])("%s", (_, before, after, text) => {
    expect(told(before, after)).toEqual([text]);
  });

  test("a candidate that moves up", () => {
    const [text] = told(release(revision("r1", "stable", 90), revision("r2", "candidate", 10)), release(revision("r1", "stable", 50), revision("r2", "candidate", 50)));
    expect(text).toMatch(/^shop: r2 now gets 50 % of the requests beside r1\. Then 100 %, at least 10 min /);
  });

  test("a candidate that makes room for another one", () => {
    const [starts, back] = told(release(revision("r1", "stable", 90), revision("r2", "candidate", 10)), release(revision("r1", "stable", 90), revision("r3", "candidate", 10)));
    expect(starts).toMatch(/^shop: r3 starts beside r1 with 10 % of the requests /);
    expect(back).toBe("shop: r2 loses its requests.");
  });

  test("nothing where nothing changes but the hour", () => {
    expect(told(one, { ...one, since: "2026-11-22T00:00:00.000Z" })).toEqual([]);
  });

  test("one that a controller in the cluster takes through its weights", () => {
    const controlled = settingsOf({ rollout: '{ dwellSeconds: 20, approval: none, bakeSeconds: 0, engine: { kind: flagger, prometheus: "http://prometheus.monitoring:9090" } }' });
    expect(told(one, release(revision("r2", "stable", 100)), controlled)).toEqual([`shop: r2 is handed to the controller in the cluster, which takes it through its weights (${IMAGE}).`]);
  });
});

test("lengths of time are in the unit that people use", () => {
  expect([90, 600, 7200, 9000, 259_200].map(lengthText)).toEqual(["90 s", "10 min", "2 h", "2 h 30 min", "3 d"]);
});
