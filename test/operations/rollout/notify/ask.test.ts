import { expect, test } from "@jest/globals";
import * as z from "zod";
import { ask, askFor } from "../../../../operations/rollout/notify/ask.ts";
import type { Asking } from "../../../../operations/rollout/notify/ask.ts";
import { serve } from "../../../workflows/serve.ts";
import type { Answer } from "../../../workflows/serve.ts";

function asking(url: string, more: Partial<Asking> = {}): Asking {
  return { method: "POST", url, body: { text: "hi" }, who: "Grafana", advice: { 403: "ask for it" }, secrets: ["hidden"], signal: new AbortController().signal, ...more };
}

async function refusal(answer: () => Answer | Promise<Answer>, more: Partial<Asking> = {}): Promise<unknown> {
  const { url } = await serve(answer);
  return ask(asking(url, more)).then((text) => `answered ${text}`, (error) => [error.message, error.againAfter]);
}

test("what is asked is sent as JSON, and the answer's text comes back", async () => {
  const { requests, url } = await serve(() => ({ body: "ok" }));
  expect(await ask(asking(url, { headers: { authorization: "Bearer hidden" } }))).toBe("ok");
  expect(requests).toMatchObject([{ method: "POST", body: { text: "hi" }, headers: { "content-type": "application/json", authorization: "Bearer hidden", "user-agent": "slipway" } }]);
});

test("no answer in time is tried again", async () => {
  expect(await refusal(() => new Promise(() => undefined), { timeout: 50 })).toEqual(["Grafana gave no answer within 0.05 s; the rollout goes on without it", 1]);
});

test("what is under way ends with the driver", async () => {
  expect(await refusal(() => ({ body: "ok" }), { signal: AbortSignal.abort() })).toEqual(["the driver ended before everything was told; read the rest in its audit log", undefined]);
});

test.each<[string, Answer, string, number | undefined]>([
  ["an advice", { status: 403, body: { message: "no" } }, 'Grafana refused it, got status 403 "no"; ask for it', undefined],
  ["a limit in the place of it", { status: 403, headers: { "retry-after": "2" } }, "Grafana refused it, got status 403; the rollout goes on without it", 2],
  ["an outage", { status: 500, body: "" }, "Grafana refused it, got status 500; the rollout goes on without it", 1],
  ["a limit until a date", { status: 429, headers: { "retry-after": "Sat, 21 Nov 2026 20:00:00 GMT" } }, "Grafana refused it, got status 429; the rollout goes on without it", 1],
  ["a negative time", { status: 429, headers: { "retry-after": "-5" } }, "Grafana refused it, got status 429; the rollout goes on without it", 1],
  ["HTML without its type", { status: 502, body: " <!doctype html>hidden" }, "Grafana refused it, got status 502 with a page of HTML; the rollout goes on without it", 1],
  ["many lines and a secret", { status: 400, body: `a\n\u001b[31mb hidden ${"x".repeat(500)}` }, `Grafana refused it, got status 400 "a [31mb [hidden] ${"x".repeat(182)}…"; the rollout goes on without it`, undefined],
])("a refusal with %s says so", async (_, answer, message, againAfter) => {
  expect(await refusal(() => answer)).toEqual([message, againAfter]);
});

test("a secret that a cut would leave in part is hidden before", async () => {
  expect(JSON.stringify(await refusal(() => ({ status: 400, body: `${"x".repeat(196)}hidden` })))).not.toContain("hid");
  const { url } = await serve(() => ({ body: `${"x".repeat(56)}hidden` }));
  await expect(askFor(z.object({}), asking(url))).rejects.toMatchObject({ message: expect.not.stringContaining("xhid") });
});

test("an answer of another form is refused, one of the form is read", async () => {
  const { url } = await serve(() => ({ body: { id: 7, more: true } }));
  expect(await askFor(z.object({ id: z.int() }), asking(url))).toEqual({ id: 7 });
  await expect(askFor(z.object({ id: z.string() }), asking(url))).rejects.toMatchObject({ message: 'Grafana\'s answer cannot be read, got "{\\"id\\":7,\\"more\\":true}"; check its address' });
});
