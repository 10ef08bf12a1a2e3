import { afterEach, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { githubClient } from "../../../operations/github/client.ts";
import { exposition } from "../../../operations/metrics/exposition.ts";
import { keepIssue } from "../../../operations/drift/issue.ts";
import { reportJson } from "../../../operations/drift/json.ts";
import { LONGEST_BODY, reportMarkdown } from "../../../operations/drift/markdown.ts";
import { nextSteps } from "../../../operations/drift/next.ts";
import { optionProblems, severitiesOf } from "../../../operations/drift/options.ts";
import type { DriftReport } from "../../../operations/drift/report.ts";
import { driftSamples } from "../../../operations/drift/samples.ts";
import { judged, worstFirst } from "../../../operations/drift/severity.ts";
import { reportText } from "../../../operations/drift/text.ts";
import type { Difference } from "../../../operations/drift/types.ts";
import { contrast, valueText } from "../../../operations/drift/value-text.ts";
import { parseSettings } from "../../../settings/parse.ts";
import { closeGitHubs, openGitHub } from "../../sandbox/github-api/open.ts";

afterEach(closeGitHubs);

const CALLING = { stack: "production", sandbox: false };
const TODAY = "2030-01-01";

const REVIEWERS: Difference = {
  urn: "urn:e", type: "github:index/repositoryEnvironment:RepositoryEnvironment", what: "github:RepositoryEnvironment/shop:production", field: "reviewers", change: "removed", declared: [{ teams: [7] }],
  where: "https://github.com/acme/shop/settings/environments/3/edit", since: "2029-12-31T00:00:00Z", seenBy: "github", object: { environment: "production", waitTimer: 5 },
};
const DESCRIPTION: Difference = {
  urn: "urn:r", type: "github:index/repository:Repository", what: "github:Repository/shop", field: "description", change: "changed", declared: "A shop", live: "by hand",
  where: "https://github.com/acme/shop/settings", seenBy: "refresh",
};
const EVIL: Difference = { type: "github:ActionsSecret", what: "github:ActionsSecret/shop:EVIL", change: "unmanaged", where: "https://github.com/acme/shop/settings/secrets/actions", seenBy: "github" };

function report(...differences: Difference[]): DriftReport {
  const findings = worstFirst(differences.map((difference) => ({ ...difference, ...judged(difference), next: nextSteps(difference, CALLING, TODAY) })));
  return { stack: "production", checked: "2030-01-01T10:00:00.000Z", resources: 12, findings, ignored: [], owned: [], github: { repositories: 1, requests: 10, unchanged: 2 } };
}

describe("a report", () => {
  test("for a terminal: what, why, both values, since when, where, and the three next steps", () => {
    expect(reportText(report(DESCRIPTION, REVIEWERS), false)).toBe(`hostile  github:RepositoryEnvironment/shop:production  reviewers  was removed, which a refresh does not show
  why       other people than the declared ones approve deployments, or nobody has to
  declared  [{"teams":[7]}]
  live      nothing
  since     2029-12-31T00:00:00Z
  where     https://github.com/acme/shop/settings/environments/3/edit
  reconcile npm run slipway -- drift --stack production --reconcile --only github:RepositoryEnvironment/shop:production
  or adopt  
      slipway:repositories:
        shop:
          environments:
            production:
              approvals:
                unprotected: <why nobody has to approve>
              waitMinutes: 5
  or ignore slipway:drift: { ignore: [{ what: "github:RepositoryEnvironment/shop:production", field: "reviewers", reason: "<why>", until: "2030-01-31" }] }

benign  github:Repository/shop  description  was changed
  why       people see it; nothing depends on it
  declared  A shop
  live      by hand
  where     https://github.com/acme/shop/settings
  reconcile npm run slipway -- drift --stack production --reconcile --only github:Repository/shop
  or adopt  
      slipway:repositories:
        shop:
          description: by hand
  or ignore slipway:drift: { ignore: [{ what: "github:Repository/shop", field: "description", reason: "<why>", until: "2030-01-31" }] }

stack production: 2 findings: 1 hostile, 1 benign
12 objects of the state, 1 repository through GitHub's API (12 calls, 2 of them unchanged and free); 0 fields left to their controllers, 0 ignored by the settings`);
    expect(reportText(report(REVIEWERS), true)).toContain("\u001b[31mhostile\u001b[0m");
    expect(reportText(report(), false)).toMatch(/^stack production: no drift\n/);
  });

  test("what it proposes to ignore is accepted by the settings, and what it proposes to adopt is a setting", () => {
    const { ignore } = nextSteps(REVIEWERS, CALLING, TODAY);
    expect(parseSettings({ "github:owner": "acme", "slipway:drift": JSON.stringify(parse(ignore)["slipway:drift"]) }, new Set())).toHaveProperty("settings");
    expect(nextSteps(EVIL, CALLING, TODAY)).toMatchObject({ reconcile: "npm run slipway -- drift --stack production --delete github:ActionsSecret/shop:EVIL", adopt: { yaml: expect.stringContaining("EVIL:\n        secret: shopEvil") } });
    expect(nextSteps({ ...DESCRIPTION, change: "missing", field: undefined }, { ...CALLING, sandbox: true }, TODAY)).toMatchObject({
      reconcile: "npm run slipway -- drift --stack production --sandbox --reconcile --only github:Repository/shop", adopt: { none: "take github:Repository/shop out of the stack's file, then run pulumi up --refresh" },
    });
  });

  test("as JSON: the findings without the live objects", () => {
    const told = JSON.parse(reportJson(report(REVIEWERS, EVIL)));
    expect(told).toMatchObject({ stack: "production", counts: { hostile: 2, risky: 0, benign: 0 }, findings: [{ what: EVIL.what }, { what: REVIEWERS.what, severity: "hostile" }] });
    expect(JSON.stringify(told)).not.toContain('"object"');
  });

  test("for Prometheus: every severity, so that an alert ends", () => {
    expect(exposition(driftSamples(report(REVIEWERS))).split("\n").filter((line) => !line.startsWith("#"))).toEqual([
      'slipway_drift_findings{stack="production",severity="hostile"} 1',
      'slipway_drift_findings{stack="production",severity="risky"} 0',
      'slipway_drift_findings{stack="production",severity="benign"} 0',
      'slipway_drift_ignored{stack="production"} 0',
      'slipway_drift_oldest_timestamp_seconds{stack="production"} 1893369600',
      'slipway_drift_checked_timestamp_seconds{stack="production"} 1893492000',
      "",
    ]);
  });

  test("hostile names stay text in Markdown and on a terminal", () => {
    const name = "x`<script>@acme/everyone #1 [a](https://evil.example)\u001b[31m\u202e𝕏";
    const text = reportMarkdown(report({ ...EVIL, what: `github:ActionsSecret/shop:${name}` }, { ...DESCRIPTION, live: name }));
    const outside = text.replaceAll(/<code>.*?<\/code>/gs, "").replaceAll(/(`{3,})yaml\n[\s\S]*?\n *\1/g, "");
    expect(outside).not.toMatch(/<script>|@acme|\]\(https:\/\/evil/);
    expect(text.match(/<code>[^<]*<code>/)).toBeNull();
    expect(reportText(report({ ...DESCRIPTION, live: name }), false)).not.toMatch(/\u001b|\u202e/);
  });

  test.each([1, 50, 2000])("of %i findings fits into an issue, the worst first, and says how many are left out", (count) => {
    const text = reportMarkdown(report(...Array.from({ length: count }, (_, at) => ({ ...DESCRIPTION, what: `github:Repository/shop-${at}` })), REVIEWERS));
    expect(text.length).toBeLessThanOrEqual(LONGEST_BODY);
    expect(text.indexOf("### hostile")).toBeLessThan(text.indexOf("### benign"));
    const shown = [...text.matchAll(/^- <code>/gm)].length;
    if (shown < count + 1) expect(text).toContain(`${count + 1 - shown} more do not fit here`);
    else expect(shown).toBe(count + 1);
  });

  test("long values show where they differ", () => {
    const [declared, live] = contrast(`${"a".repeat(500)}X${"b".repeat(500)}`, `${"a".repeat(500)}Y${"b".repeat(500)}`, 40);
    expect([declared, live]).toEqual([`…${"a".repeat(10)}X${"b".repeat(27)}…`, `…${"a".repeat(10)}Y${"b".repeat(27)}…`]);
    expect([valueText(undefined, 9), valueText("", 9), valueText({ a: 1 }, 9), valueText("𝕏𝕏𝕏", 2)]).toEqual(["nothing", '""', '{"a":1}', "𝕏…"]);
  });
});

describe("the issue", () => {
  test("is opened with the first finding, left alone while nothing changes, rewritten, and closed with the last one", async () => {
    const opened = await openGitHub();
    const client = githubClient({ environment: { GITHUB_API_URL: opened.api.url, GITHUB_TOKEN: opened.api.token } });
    const keep = async (...differences: Difference[]): Promise<string> => (await keepIssue(client, "acme/shop", report(...differences))).told;
    expect(await keep()).toBe("none");
    expect(await keep(REVIEWERS)).toBe("opened");
    expect(await keep(REVIEWERS)).toBe("unchanged");
    const fewer = { ...report(REVIEWERS), github: { repositories: 1, requests: 0, unchanged: 12 } };
    expect((await keepIssue(client, "acme/shop", fewer)).told).toBe("unchanged");
    expect(await keep(REVIEWERS, EVIL)).toBe("updated");
    expect((await opened.ask("GET issues")).body).toMatchObject([{ title: "Drift of stack production: 2 findings: 2 hostile" }]);
    expect((await keepIssue(client, "acme/shop", { ...report(EVIL), stack: "staging" })).told).toBe("opened");
    expect(await keep()).toBe("closed");
    expect((await opened.ask("GET issues")).body).toMatchObject([{ title: "Drift of stack staging: 1 finding: 1 hostile" }]);
    expect(await keep(EVIL)).toBe("opened");
  });

  test("a place that is no repository is refused", async () => {
    const opened = await openGitHub();
    const client = githubClient({ environment: { GITHUB_API_URL: opened.api.url, GITHUB_TOKEN: opened.api.token } });
    await expect(keepIssue(client, "shop", report())).rejects.toThrow('--issue: is no repository of GitHub, got "shop"; write owner/name');
  });
});

describe("the options", () => {
  test("are wrong all at once", () => {
    expect(optionProblems({ stack: "s", reconcile: ["bad"], json: true, markdown: true, github: false, issue: "a/b", delete: ["x"], out: "drift.txt" })).toEqual([
      '--reconcile: is no severity, got "bad"; write hostile, risky, benign, or nothing for all',
      "--issue: needs GitHub's API, got --no-github beside it; leave one of them out",
      "--delete: needs GitHub's API, got --no-github beside it; leave one of them out",
      "--json: is one form and --markdown another, got both; leave one of them out",
      '--out: the collector reads only files whose name ends in .prom, got "drift.txt"; write drift.txt.prom',
    ]);
    expect(optionProblems({ stack: "s", only: ["x"] })).toEqual(["--only: says what to put back, got it without --reconcile; add --reconcile"]);
    expect(optionProblems({ stack: "s", reconcile: true, only: ["x"] })).toEqual([]);
  });

  test("--reconcile alone means all severities, its absence none", () => {
    expect([severitiesOf(undefined), severitiesOf(true), severitiesOf(["benign", "hostile"])]).toEqual([[], ["hostile", "risky", "benign"], ["hostile", "benign"]]);
  });
});
