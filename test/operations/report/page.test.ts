import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { reportModel } from "../../../operations/report/model.ts";
import { page } from "../../../operations/report/page/page.ts";
import { SECTIONS } from "../../../operations/report/types.ts";
import type { ReportModel } from "../../../operations/report/types.ts";
import { ago, level, model, NOW, rollout, service, system } from "./fixtures.ts";
import { readPage } from "./read-page.ts";
import { busyMonth } from "./story.ts";

const STYLES = readFileSync("operations/report/page/page.css", "utf8");
const shown = (change: Partial<ReportModel> = {}): string => page(model(change), STYLES);

/** Keys whose values are words of the report's own. */
const OWN = new Set(["kind", "stage", "role", "outcome", "urgency", "section", "source"]);

/** The model with every text of it that comes from outside replaced. */
function withTexts(given: ReportModel, text: string): ReportModel {
  const replaced: ReportModel = JSON.parse(JSON.stringify(given, (key, value: unknown) => (typeof value === "string" && !OWN.has(key) ? text : value)));
  return { ...replaced, at: given.at };
}

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(2)> '\`&amp; javascript:alert(3) </title></style> \u202Etxt.exe \u0000 𝔘`;

let everything: ReportModel;
beforeAll(() => {
  everything = reportModel(busyMonth(Date.parse("2026-11-24T08:30:00Z") / 1000));
});

describe("the page of a report", () => {
  test("allows nothing but the styles that stand in it, by their hash", () => {
    const html = shown();
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    const [, styles = ""] = /<style>([^]*?)<\/style>/.exec(html) ?? [];
    const hash = createHash("sha256").update(styles).digest("base64");
    expect(policy?.replaceAll("&#39;", "'")).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
    expect(styles).not.toMatch(/@import|url\((?!#)|expression\(/);
  });

  test("has its headings in order, each identity once, and a section for each part", () => {
    const { addresses, headings, ids } = readPage(page(everything, STYLES));
    expect(headings[0]).toBe(1);
    expect(headings.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of headings.entries()) expect(level - (headings[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([...SECTIONS]));
    for (const address of addresses) expect(address.startsWith("#") ? ids : [address]).toContain(address.replace(/^#/, ""));
  });

  test("gives each table a caption and named columns", () => {
    const { tables } = readPage(shown());
    expect(tables).toEqual([
      { caption: "1 service: who gets the requests, by which image, since when", columns: 4 },
      { caption: "1 service: error budgets, and the last five minutes", columns: 3 },
      { caption: "The last 1 rollout, newest first", columns: 5 },
      { caption: "1 environment of shop", columns: 3 },
      { caption: "The last 30 days", columns: 5 },
    ]);
  });

  test("shows names of every kind as text", () => {
    const html = page(withTexts(everything, HOSTILE), STYLES);
    const { addresses, text } = readPage(html);
    expect(text).toContain(`"><script>alert(1)</script><img src=x onerror=alert(2)> '\`&amp; javascript:alert(3) </title></style> \uFFFDtxt.exe \uFFFD 𝔘`);
    expect(addresses.filter((address) => !/^#[a-z]+$/.test(address))).toEqual([]);
  });

  test("stays whole whatever text stands in any place", () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.webUrl(), fc.constantFrom("constructor", "__proto__", "javascript:alert(1)", "data:text/html,x", "HTTPS://evil.example/\"onclick=\"x", "\uD800")), (text) => {
      const { addresses } = readPage(page(withTexts(everything, text), STYLES));
      return addresses.every((address) => /^(#|https?:\/\/)/.test(address));
    }), { numRuns: 30 });
  });

  test("says of a stack without anything that there is nothing", () => {
    const nothing = { kind: "unknown", why: "nobody looked" } as const;
    const { headings, tables, text } = readPage(shown({ systems: [], services: [], levels: nothing, rollouts: nothing, drift: nothing, policy: nothing, delivery: nothing }));
    expect(tables).toEqual([]);
    expect(headings).toEqual([1, ...SECTIONS.map(() => 2)]);
    for (const said of ["The stack holds nothing; pulumi up makes what its file declares", "Not looked at: service levels, rollouts, drift, policy, delivery.", "No service is recorded in this stack yet", "The stack has no repository.", "Not looked at: nobody looked"]) expect(text).toContain(said);
  });

  test("says in one sentence how urgent it is", () => {
    const verdict = (change: Partial<ReportModel>): string | undefined => /class="verdict [a-z]+">([^<]*)</.exec(shown(change))?.[1];
    const about = { subject: "shop", text: "is held", section: "services" } as const;
    expect(verdict({})).toBe("Nothing that was looked at needs anybody");
    expect(verdict({ attention: [{ ...about, urgency: "look" }] })).toBe("Nothing is urgent; 1 matter to look at");
    expect(verdict({ attention: [{ ...about, urgency: "act" }, { ...about, urgency: "act" }, { ...about, urgency: "look" }] })).toBe("2 matters must be dealt with now");
  });

  test("says what is empty where it was looked at", () => {
    const { text } = readPage(shown({ levels: { kind: "found", value: [] }, rollouts: { kind: "found", value: { list: [], older: 0, brokenLines: [] } }, systems: [system({ environments: [], rulesets: [] })] }));
    for (const said of ["The stack's file declares no service.", "No rollout is known yet.", "No environment.", "Nothing differs from what the stack declares. Looked at 1 Jun 2026, 11:00.", "Nothing is against the policies."]) expect(text).toContain(said);
  });

  test("keeps a stack of a hundred services below 1 MB", () => {
    const names = Array.from({ length: 100 }, (_, index) => `service-with-a-long-name-${index}`);
    const html = shown({
      services: names.map((name) => service({
        name, system: name, namespace: name, hosts: [`${name}.example.com`, `${name}.example.org`], stage: "in flight",
        revisions: [...service().revisions, { id: "rbbbbbbbbbb", role: "candidate", weight: 0, image: `ghcr.io/acme/${name}`, digest: `sha256:${"cd".repeat(32)}` }],
        rejected: Array.from({ length: 10 }, () => ({ revision: "rcccccccccc", reason: "error ratio 7.1 % of requests, limit 5 %", at: ago(4) })),
      })),
      systems: names.map((name) => system({ name, environments: Array.from({ length: 5 }, () => ({ ...system().environments[0], name, approvals: "3 reviewers (team a, team b, team c)", reviewed: true, selfReview: false, adminsBypass: false, waitMinutes: 5, deployFrom: ["main", "tag v*"] })) })),
      levels: { kind: "found", value: names.map((name) => level({ service: name, namespace: name })) },
      rollouts: { kind: "found", value: { list: Array.from({ length: 50 }, (_, index) => rollout({ service: names[index] ?? "", startedAt: ago(index + 2), endedAt: ago(index + 1) })), older: 700, brokenLines: [] } },
      drift: { kind: "found", value: { excused: 0, list: Array.from({ length: 2000 }, (_, index) => ({ severity: "risky", urgency: "look", where: `github:Repository/${index}`, what: "description was changed: declared a, live b" })) } },
    });
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    expect(readPage(html).text).toContain("1900 more findings in the file.");
  });
});

describe("the pictures of a report", () => {
  test("say in words what they draw", () => {
    const html = shown({
      services: [service({ stage: "in flight", revisions: [{ id: "raaaaaaaaaa", role: "stable", weight: 75, image: "a.b/c" }, { id: "rbbbbbbbbbb", role: "candidate", weight: 25, image: "a.b/c" }] })],
      levels: { kind: "found", value: [level({ objectives: [{ name: "availability", promise: "99 %", windowDays: 30, remaining: -0.125 }, { name: "latency", promise: "95 %", windowDays: 30, remaining: 0.2 }] })] },
    });
    const labels = [...html.matchAll(/role="img" aria-label="([^"]*)"/g)].map(([, label]) => label);
    expect(labels).toEqual(["traffic: stable raaaaaaaaaa 75 %, candidate rbbbbbbbbbb 25 %", "stages: 10 % reached, 50 %, 100 %", "availability budget: overdrawn by 13 %", "latency budget: 20 % left", "rollouts of shop: raaaaaaaaaa done"]);
    expect(html).toContain('<rect x="0%" y="0" width="75%" height="100%" class="part-stable"/><rect x="75%" y="0" width="25%" height="100%" class="part-candidate"/>');
    expect(html).toContain('<rect width="100%" height="100%" class="budget-overdrawn"/>');
    expect(html).toContain('<rect width="20%" height="100%" class="budget-little"/>');
  });

  test("draw a rollout's way as steps that rise with its weight", () => {
    const html = shown({ at: new Date(NOW * 1000).toISOString() });
    const steps = [...html.matchAll(/<rect x="([\d.]+)%" width="([\d.]+)%" y="([\d.]+)" height="([\d.]+)" class="step"\/>/g)].map(([, ...numbers]) => numbers.map(Number));
    expect(steps.map(([, , , height]) => height)).toEqual([2.4, 12, 24]);
    const [first = [], second = []] = steps;
    expect((first[0] ?? 0) + (first[1] ?? 0)).toBeCloseTo(second[0] ?? 0, 1);
  });

  test("never leave their frame, whatever the times are", () => {
    const time = fc.integer({ min: -5_000_000, max: 5_000_000 }).map((seconds) => new Date((NOW + seconds) * 1000).toISOString());
    fc.assert(fc.property(fc.array(fc.record({ startedAt: time, endedAt: fc.option(time, { nil: undefined }) }), { minLength: 1, maxLength: 8 }), (times) => {
      const html = shown({ rollouts: { kind: "found", value: { list: times.map((each) => rollout({ ...each, steps: [{ at: each.startedAt, weight: 10 }, { at: each.endedAt ?? ago(0), weight: 100 }] })), older: 0, brokenLines: [] } } });
      const places = [...html.matchAll(/<svg x="([^"%]+)%"|<rect x="([^"%]+)%" width="([^"%]+)%"/g)].map(([, mark = "0", from = "0", wide = "0"]) => [Number(mark), Number(from), Number(wide)]);
      return places.every(([mark = -1, from = -1, wide = -1]) => mark >= 0 && mark <= 100 && from >= 0 && wide >= 0 && from + wide <= 100.1);
    }));
  });
});
