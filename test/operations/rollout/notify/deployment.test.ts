import { describe, expect, test } from "@jest/globals";
import { deploymentNotifier, stateOf } from "../../../../operations/rollout/notify/deployment.ts";
import type { Notify } from "../../../../operations/rollout/notify/types.ts";
import { eventsOf, IMAGE, lastOf, SAID, tellAll } from "./events.ts";
import { fakeGitHub } from "./fake-github.ts";
import type { FakeGitHub } from "./fake-github.ts";

const SHA = "b".repeat(40);

function notifier({ environment }: FakeGitHub, more: Record<string, string> = {}): Notify {
  return deploymentNotifier({ token: "GITHUB_TOKEN", environment: "production", ref: "main" }, { ...environment, ...more });
}

function states({ statuses }: FakeGitHub): unknown {
  return Object.fromEntries(Object.entries(statuses).map(([id, list]) => [id, list.map(({ state }) => state).toReversed()]));
}

test.each([
  ["started", "in_progress"], ["stage", "in_progress"], ["baking", "in_progress"], ["approval", "in_progress"],
  ["done", "success"], ["rolledBack", "failure"], ["failed", "error"], ["pass", undefined],
] as const)("%s is the state %s", (name, state) => {
  for (const event of eventsOf([SAID[name]])) expect(stateOf(event)).toBe(state);
});

describe("a rollout is a deployment", () => {
  test("with a status a step", async () => {
    const fake = await fakeGitHub();
    await tellAll(notifier(fake), [SAID.started, SAID.stage, SAID.pass, SAID.baking, SAID.done]);
    expect(fake.deployments).toEqual([{
      id: 1, ref: "main", task: "deploy:shop", environment: "production", auto_merge: false, required_contexts: [],
      payload: { service: "shop", stack: "production", revision: "r1", image: IMAGE, started: "2026-11-21T10:00:00.000Z" },
      description: `shop r1: ${IMAGE}`,
    }]);
    expect(states(fake)).toEqual({ 1: ["in_progress", "in_progress", "in_progress", "success"] });
    expect(fake.statuses[1]?.[0]).toEqual({ state: "success", description: `shop: done, r1 serves (${IMAGE})`, auto_inactive: false });
  });

  test("of the commit and with the page of the run, where a job of the repository drives it", async () => {
    const fake = await fakeGitHub();
    await tellAll(notifier(fake, { GITHUB_REPOSITORY: "Acme/Shop", GITHUB_SHA: SHA, GITHUB_SERVER_URL: "https://github.com", GITHUB_RUN_ID: "7" }), [SAID.started]);
    expect(fake.deployments).toMatchObject([{ ref: SHA }]);
    expect(fake.statuses[1]).toMatchObject([{ log_url: "https://github.com/Acme/Shop/actions/runs/7" }]);
  });

  test("of the configured ref, where a job of another repository drives it", async () => {
    const fake = await fakeGitHub();
    await tellAll(notifier(fake, { GITHUB_REPOSITORY: "acme/platform", GITHUB_SHA: SHA }), [SAID.started]);
    expect(fake.deployments).toMatchObject([{ ref: "main" }]);
  });

  test("whose descriptions are as long as GitHub takes", async () => {
    const fake = await fakeGitHub();
    await tellAll(notifier(fake), [{ ...SAID.started, image: "i".repeat(300) }, { ...SAID.rolledBack, reason: `${"r\n".repeat(50)}${"😀".repeat(300)}` }]);
    const descriptions = [...fake.deployments, ...(fake.statuses[1] ?? [])].map(({ description }) => String(description));
    expect(descriptions.every((text) => text.length <= 140 && text.isWellFormed() && !text.includes("\n"))).toBe(true);
    expect(states(fake)).toEqual({ 1: ["in_progress", "failure"] });
  });

  test("that a driver which goes on finds again", async () => {
    const fake = await fakeGitHub();
    await tellAll(notifier(fake), [SAID.started, SAID.approval]);
    await tellAll(notifier(fake), [SAID.resumed, SAID.done]);
    expect(states(fake)).toEqual({ 1: ["in_progress", "in_progress", "in_progress", "success"] });
  });

  test("of its own where the same revision is rolled out another time", async () => {
    const fake = await fakeGitHub();
    await tellAll(notifier(fake), [SAID.started, SAID.rolledBack]);
    for (const event of eventsOf([SAID.failed, SAID.started]).slice(1)) await notifier(fake)(event, { ...lastOf([SAID.failed, SAID.started])[1] });
    expect(states(fake)).toEqual({ 1: ["in_progress", "failure"], 2: ["in_progress"] });
  });

  test("that is not made twice where the answer was lost", async () => {
    const fake = await fakeGitHub();
    const notify = notifier(fake);
    fake.first.push(undefined, undefined, { status: 500, body: { message: "lost" } });
    await expect(notify(...lastOf([SAID.started]))).rejects.toMatchObject({ againAfter: 1 });
    await notifier(fake)(...lastOf([SAID.started]));
    expect(states(fake)).toEqual({ 1: ["in_progress"] });
  });
});

test("when it is done, the service's deployment before it becomes inactive, and nobody else's", async () => {
  const fake = await fakeGitHub();
  await tellAll(notifier(fake), [SAID.started, SAID.done]);
  fake.deployments.unshift({ id: 2, environment: "production", task: "deploy:shop", payload: "by hand" }, { id: 3, environment: "production", task: "deploy:shop", payload: JSON.stringify({ service: "shop", stack: "staging", revision: "r0", started: "x" }) });
  fake.statuses[2] = fake.statuses[3] = [{ state: "success" }];
  await tellAll(notifier(fake), [SAID.started, SAID.stage, SAID.done].map((each) => ({ ...each, revision: "r2" })));
  expect(fake.statuses[1]?.[0]).toEqual({ state: "inactive", description: "r2 serves instead", auto_inactive: false });
  expect(states(fake)).toEqual({ 1: ["in_progress", "success", "inactive"], 2: ["success"], 3: ["success"], 4: ["in_progress", "in_progress", "success"] });
});

test("asking again for what is done says nothing again, and says what a dead driver could not", async () => {
  const fake = await fakeGitHub();
  await tellAll(notifier(fake), [SAID.started, SAID.baking]);
  await tellAll(notifier(fake), [SAID.done]);
  await tellAll(notifier(fake), [SAID.done]);
  expect(states(fake)).toEqual({ 1: ["in_progress", "in_progress", "success"] });
  const empty = await fakeGitHub();
  await tellAll(notifier(empty), [SAID.done]);
  await tellAll(notifier(empty), [SAID.failed]);
  expect(empty.deployments).toEqual([]);
});

test("a ref that is not there is a refusal in GitHub's words", async () => {
  const fake = await fakeGitHub();
  fake.first.push(undefined, { status: 422, body: { message: "No ref found for: main" } });
  await expect(notifier(fake)(...lastOf([SAID.started]))).rejects.toMatchObject({ message: 'GitHub refused it, got status 422 "No ref found for: main"; the rollout goes on without it', againAfter: undefined });
});
