import { expect, test } from "@jest/globals";
import type { IssueNotify } from "../../../../components/delivery/notify-settings.ts";
import { issueNotifier } from "../../../../operations/rollout/notify/issue.ts";
import type { Notify } from "../../../../operations/rollout/notify/types.ts";
import { lastOf, SAID, subject, tellAll } from "./events.ts";
import { fakeGitHub } from "./fake-github.ts";
import type { FakeGitHub } from "./fake-github.ts";

const MARKER = "<!-- slipway rollout of shop r1 in production -->";

function notifier({ environment }: FakeGitHub, more: Partial<IssueNotify> = {}): Notify {
  return issueNotifier({ token: "GITHUB_TOKEN", when: "problems", labels: ["rollout"], ...more }, environment);
}

function shown({ issues }: FakeGitHub): unknown[] {
  return issues.map(({ number, state, title }) => [number, state, title]);
}

test("a rollout without a problem opens no issue and asks for one once", async () => {
  const fake = await fakeGitHub();
  await tellAll(notifier(fake), [SAID.started, SAID.stage, SAID.pass, SAID.approval, SAID.resumed, SAID.baking, SAID.done]);
  expect(fake.calls()).toEqual(["GET /repos/acme/shop/issues?state=open&per_page=100&page=1"]);
});

test("the first problem opens an issue, and what comes after it is written into the same one", async () => {
  const fake = await fakeGitHub();
  const notify = notifier(fake);
  await tellAll(notify, [SAID.started, SAID.stage, SAID.silent]);
  expect(shown(fake)).toEqual([[1, "open", "Rollout of shop r1 in production: held"]]);
  expect(fake.issues[0]).toMatchObject({ labels: ["rollout"], body: expect.stringMatching(new RegExp(`^${MARKER}\\n`)) });
  await notify(...lastOf([SAID.started, SAID.stage, SAID.silent, SAID.breach]));
  expect(fake.issues[0]?.["body"]).toContain("Verdict **breach** after 90 requests");
  await notify(...lastOf([SAID.started, SAID.stage, SAID.silent, SAID.breach, SAID.rolledBack]));
  expect(shown(fake)).toEqual([[1, "open", "Rollout of shop r1 in production: rolled-back"]]);
});

test("looks of the gate that say the same are not written", async () => {
  const fake = await fakeGitHub();
  await tellAll(notifier(fake), [SAID.started, SAID.silent, SAID.pass, SAID.pass, SAID.pass]);
  expect(fake.calls().filter((call) => call.startsWith("PATCH"))).toHaveLength(1);
});

test("an issue that is wanted always is opened at the start and closed when it is done", async () => {
  const fake = await fakeGitHub();
  const notify = notifier(fake, { when: "always" });
  await notify(...lastOf([SAID.started]));
  expect(shown(fake)).toEqual([[1, "open", "Rollout of shop r1 in production: in progress"]]);
  await notify(...lastOf([SAID.started, SAID.stage, SAID.done]));
  expect(fake.issues).toMatchObject([{ state: "closed", state_reason: "completed", title: "Rollout of shop r1 in production: done" }]);
});

test("a driver that is started again goes on in the issue of the one before, with its history", async () => {
  const fake = await fakeGitHub();
  await tellAll(notifier(fake), [SAID.started, SAID.silent]);
  await notifier(fake)(...lastOf([SAID.resumed, SAID.stage, SAID.done]));
  expect(shown(fake)).toEqual([[1, "closed", "Rollout of shop r1 in production: done"]]);
  const rows = String(fake.issues[0]?.["body"]).split("\n").filter((line) => line.startsWith("| 2026"));
  expect(rows.map((row) => row.split(" | ")[1]?.split(/[ ,]/).slice(1, 3).join(" "))).toEqual(["starts r1", "held at", "goes on", "r1 has", "done "]);
});

test("the issue is found beyond the first page, and issues of others are left alone", async () => {
  const fake = await fakeGitHub();
  for (let number = 1; number <= 250; number += 1) fake.issues.push({ number, state: "open", title: "noise", body: `about ${MARKER}` });
  fake.issues.push(
    { number: 251, state: "open", body: MARKER, pull_request: {} },
    { number: 252, state: "open", body: MARKER, author_association: "NONE", user: { type: "User" } },
    { number: 253, state: "open", body: null },
    { number: 254, state: "open", body: `${MARKER}\nours`, author_association: "NONE", user: { type: "Bot" } },
  );
  await notifier(fake)(...lastOf([SAID.started, SAID.rolledBack]));
  expect(fake.calls().at(-1)).toBe("PATCH /repos/acme/shop/issues/254");
  expect(fake.issues).toHaveLength(254);
});

test("a try that failed after GitHub had opened the issue does not open a second", async () => {
  const fake = await fakeGitHub();
  const notify = notifier(fake);
  fake.first.push(undefined, { status: 502, headers: { "content-type": "text/html" }, body: "<html>" });
  await expect(notify(...lastOf([SAID.started, SAID.silent]))).rejects.toMatchObject({ message: "GitHub refused it, got status 502 with a page of HTML; the rollout goes on without it", againAfter: 1 });
  fake.issues.push({ number: 1, state: "open", title: "opened all the same", body: MARKER });
  await notify(...lastOf([SAID.started, SAID.silent]));
  expect(shown(fake)).toEqual([[1, "open", "Rollout of shop r1 in production: held"]]);
});

test("a failure without a rollout is no issue", async () => {
  const fake = await fakeGitHub();
  await tellAll(notifier(fake), [SAID.failed]);
  expect(fake.calls()).toEqual([]);
});

test.each([
  ["has no permission", { status: 403, body: { message: "Resource not accessible by integration" } }, 'GitHub refused it, got status 403 "Resource not accessible by integration"; give the token in GITHUB_TOKEN the permission issues: write for acme/shop', undefined],
  ["is worn out", { status: 403, headers: { "x-ratelimit-remaining": "0" }, body: { message: "API rate limit exceeded" } }, 'GitHub refused it, got status 403 "API rate limit exceeded"; the rollout goes on without it', 1],
  ["is to wait", { status: 403, headers: { "retry-after": "12" }, body: { message: "secondary rate limit" } }, 'GitHub refused it, got status 403 "secondary rate limit"; the rollout goes on without it', 12],
  ["is old", { status: 401, body: { message: "Bad credentials: hidden" } }, 'GitHub refused it, got status 401 "Bad credentials: [hidden]"; set GITHUB_TOKEN to a token that is still good', undefined],
  ["meets a page of HTML", { headers: { "content-type": "text/html" }, body: "<html>sign in with hidden</html>" }, 'GitHub\'s answer cannot be read, got "<html>sign in with [hidden]</html>"; check its address', undefined],
  ["meets another JSON", { body: { issues: [] } }, 'GitHub\'s answer cannot be read, got "{\\"issues\\":[]}"; check its address', undefined],
])("a token that %s is a refusal that does not show it", async (_, answer, message, againAfter) => {
  const fake = await fakeGitHub();
  fake.first.push(answer);
  await expect(notifier(fake)(...lastOf([SAID.started, SAID.rolledBack]))).rejects.toMatchObject({ message, againAfter });
});

test("texts of others are shown as they are and the body stays below GitHub's limit", async () => {
  const fake = await fakeGitHub();
  const hostile = "@acme/everyone <img src=x onerror=alert(1)> `code` [here](https://evil.example) www.evil.example #1 | --> <!--";
  const looks = Array.from({ length: 400 }, (__, index) => ({ ...(index % 2 === 0 ? SAID.pass : SAID.breach), why: `${hostile} ${"|".repeat(5000)} ${index}` }));
  await notifier(fake)(...lastOf([SAID.started, ...looks, { ...SAID.rolledBack, reason: hostile.repeat(100) }], subject({}, { namespace: hostile })));
  const body = String(fake.issues[0]?.["body"]);
  expect(body.length).toBeLessThan(65_536);
  expect(body.length).toBeGreaterThan(40_000);
  expect(body.replace(/^<!-- .* -->\n/, "")).not.toMatch(/<|@(?!&#8203;)|`|\]\(|https?:\/\/|www\./);
  expect(body.split("\n").at(-1)).toContain("rolled back within");
});

test("a head that is longer than a body is cut", async () => {
  const fake = await fakeGitHub();
  const indicators = Array.from({ length: 100 }, (_, index) => ({ name: `${"|".repeat(1000)}${index}`, value: 1, limit: 2, unit: "|".repeat(1000), samples: 1, evidence: 0 }));
  await notifier(fake)(...lastOf([SAID.started, { ...SAID.breach, indicators }, SAID.rolledBack]));
  expect(String(fake.issues[0]?.["body"])).toHaveLength(65_000);
});
