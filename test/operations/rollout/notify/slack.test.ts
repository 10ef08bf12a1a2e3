import { expect, test } from "@jest/globals";
import { slack, slackMessage } from "../../../../operations/rollout/notify/slack.ts";
import { serve } from "../../../workflows/serve.ts";
import { IMAGE, lastOf, SAID, subject, tellAll } from "./events.ts";

const HOOK = "/services/T0/B0/hidden";

test("a message says what happened, what the gate saw and how to go on", () => {
  const title = "production: shop: held at 10 %, no-answer (Prometheus gave no answer); go on with: slipway rollout shop --stack production";
  const block = (text: string): object => ({ type: "section", text: { type: "plain_text", text, emoji: false } });
  expect(slackMessage(...lastOf([SAID.started, SAID.stage, SAID.pass, SAID.silent]))).toEqual({
    text: title,
    attachments: [{
      color: "#e01e5a",
      fallback: title,
      blocks: [block(title), block("namespace shop\ngate of 2026-11-21T10:02:00.000Z, 200 requests: shop: pass, 200 requests are enough [errors 0.5 of 5 %]")],
    }],
  });
});

test.each([
  ["started", SAID.started, "#1264a3", `production: shop: starts r1 (${IMAGE}), canary over 10 %, 100 %`],
  ["stage", SAID.stage, "#1264a3", "production: shop: r1 has 10 % of the traffic"],
  ["rolled-back", SAID.rolledBack, "#e01e5a", "production: shop: rolled back within 4.2 s, errors 9.1 %"],
  ["done", SAID.done, "#2eb67d", `production: shop: done, r1 serves (${IMAGE})`],
])("of %s the message has its colour and its words", (_, occurrence, color, text) => {
  expect(slackMessage(...lastOf([occurrence]))).toMatchObject({ text, attachments: [{ color }] });
});

test("texts of others mention nobody, link nowhere and stay on their line", () => {
  const { text }: { text?: string } = slackMessage(...lastOf([{ ...SAID.rolledBack, reason: "<!channel> & <@U1>\n<https://evil.example|here>" }]));
  expect(text).toBe("production: shop: rolled back within 4.2 s, &lt;!channel&gt; &amp; &lt;@U1&gt; &lt;https://evil.example|here&gt;");
});

test("no block is longer than Slack takes", () => {
  const message = JSON.stringify(slackMessage(...lastOf([{ ...SAID.breach, why: "w".repeat(5000) }, { ...SAID.rolledBack, reason: "r".repeat(5000) }])));
  expect(Math.max(...[...message.matchAll(/"text":"([^"]*)"/g)].map(([, text = ""]) => text.length))).toBeLessThanOrEqual(3000);
});

test("each step is told, the gate's looks are not", async () => {
  const { calls, url } = await serve(() => ({ body: "ok" }));
  await tellAll(slack({ webhook: "HOOK", when: "all" }, { HOOK: url + HOOK }), [SAID.started, SAID.stage, SAID.pass, SAID.breach, SAID.rolledBack]);
  expect(calls()).toEqual([`POST ${HOOK}`, `POST ${HOOK}`, `POST ${HOOK}`]);
});

test("where problems alone are asked for, the rest is silent", async () => {
  const { requests, url } = await serve(() => ({ body: "ok" }));
  await tellAll(slack({ webhook: "HOOK", when: "problems" }, { HOOK: url + HOOK }), [SAID.started, SAID.stage, SAID.approval, SAID.silent, SAID.baking, SAID.done]);
  expect(requests.map(({ body }) => body)).toMatchObject([{ text: expect.stringContaining("no-answer") }]);
});

test("asking again for what is done tells nobody", async () => {
  const { calls, url } = await serve(() => ({ body: "ok" }));
  await tellAll(slack({ webhook: "HOOK", when: "all" }, { HOOK: url + HOOK }), [SAID.done]);
  expect(calls()).toEqual([]);
});

test.each([
  ["is gone", { status: 404, body: "no_service" }, 'Slack refused it, got status 404 "no_service"; make a new webhook in Slack and set HOOK', undefined],
  ["echoes its secret", { status: 400, body: `bad ${HOOK}` }, 'Slack refused it, got status 400 "bad [hidden]"; the rollout goes on without it', undefined],
  ["is down", { status: 503, headers: { "content-type": "text/html" }, body: "<h1>sorry</h1>" }, "Slack refused it, got status 503 with a page of HTML; the rollout goes on without it", 1],
  ["has enough", { status: 429, headers: { "retry-after": "7" }, body: "rate_limited" }, 'Slack refused it, got status 429 "rate_limited"; the rollout goes on without it', 7],
  ["has enough for an hour", { status: 429, headers: { "retry-after": "3600" } }, "Slack refused it, got status 429; the rollout goes on without it", undefined],
  ["leads elsewhere", { status: 302, headers: { location: "https://evil.example" } }, "Slack refused it, got status 302; the rollout goes on without it", undefined],
])("a webhook that %s is a refusal that does not show it", async (_, answer, message, againAfter) => {
  const { url } = await serve(() => answer);
  await expect(slack({ webhook: "HOOK", when: "all" }, { HOOK: url + HOOK })(...lastOf([SAID.started]))).rejects.toMatchObject({ message, againAfter });
});

test.each([
  ["is missing", undefined, "HOOK is not set in the driver's environment; set it there, or remove the setting"],
  ["is blank", " \n", "HOOK is not set in the driver's environment; set it there, or remove the setting"],
  ["has two lines", "https://a\nb", "HOOK has characters that cannot be sent; set it to the value alone"],
  ["is no address", "hidden", "HOOK is not the address of a webhook; copy it from Slack whole, from https:// on"],
  ["is not encrypted", "http://hooks.example.com/hidden", "HOOK is not the address of a webhook; copy it from Slack whole, from https:// on"],
])("a webhook that %s is a refusal that does not show it", async (_, HOOK, message) => {
  await expect(slack({ webhook: "HOOK", when: "all" }, { HOOK })(...lastOf([SAID.started], subject()))).rejects.toMatchObject({ message, againAfter: undefined });
});

test("a webhook that nobody answers is tried again", async () => {
  const { message, againAfter } = await slack({ webhook: "HOOK", when: "all" }, { HOOK: `http://127.0.0.1:9/${HOOK}` })(...lastOf([SAID.started])).then(() => ({ message: "", againAfter: 0 }), (error) => error);
  expect(message).toMatch(/^Slack gave no answer \(.+\); the rollout goes on without it$/);
  expect(message).not.toContain("hidden");
  expect(againAfter).toBe(1);
});
