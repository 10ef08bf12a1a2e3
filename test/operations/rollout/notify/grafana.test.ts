import { expect, test } from "@jest/globals";
import { grafanaNotifier } from "../../../../operations/rollout/notify/grafana.ts";
import { serve } from "../../../workflows/serve.ts";
import type { Answer, Server } from "../../../workflows/serve.ts";
import { IMAGE, lastOf, SAID, tellAll } from "./events.ts";

interface Annotation { id: number; time: number; timeEnd?: number; tags: string[]; text: string }

interface FakeGrafana extends Server {
  annotations: Annotation[];
  first: (Answer | undefined)[];
}

async function fakeGrafana(): Promise<FakeGrafana> {
  const state: Pick<FakeGrafana, "annotations" | "first"> = { annotations: [], first: [] };
  const { annotations } = state;
  const server = await serve(({ body, headers, method, path }) => {
    const early = state.first.shift();
    if (early !== undefined) return early;
    if (headers.authorization !== "Bearer hidden") return { status: 401, body: { message: "Unauthorized" } };
    const { pathname, searchParams } = new URL(path, "http://grafana");
    if (!pathname.startsWith("/grafana/api/annotations")) return undefined;
    const fields = typeof body === "object" && body !== null ? { ...body } : {};
    if (method === "POST") {
      const id = annotations.length + 1;
      annotations.push(Object.assign({ id, time: 0, tags: [], text: "" }, fields));
      return { body: { message: "Annotation added", id } };
    }
    if (method === "PATCH") {
      const found = annotations.find(({ id }) => pathname.endsWith(`/${id}`));
      return found && (Object.assign(found, fields), { body: { message: "Annotation patched" } });
    }
    const [from, to] = [Number(searchParams.get("from") ?? 0), Number(searchParams.get("to") ?? Infinity)];
    const tags = searchParams.getAll("tags");
    return { body: annotations.filter(({ tags: has, time, timeEnd = time }) => tags.every((tag) => has.includes(tag)) && time <= to && timeEnd >= from).slice(0, Number(searchParams.get("limit"))) };
  });
  return Object.assign(state, server);
}

function notifier({ url }: Server): ReturnType<typeof grafanaNotifier> {
  return grafanaNotifier({ url: `${url}/grafana`, token: "GRAFANA" }, { GRAFANA: "hidden" });
}

const TAGS = ["slipway", "service:shop", "namespace:shop", "stack:production", "revision:r1"];
const AT = Date.UTC(2026, 10, 21, 10);

test("a rollout is a region that ends with it, and its steps are points", async () => {
  const fake = await fakeGrafana();
  await tellAll(notifier(fake), [SAID.started, SAID.stage, SAID.pass, SAID.rolledBack]);
  expect(fake.annotations).toEqual([
    { id: 1, time: AT, timeEnd: AT + 180_000, tags: [...TAGS, "rollout"], text: `Rollout of shop r1: ${IMAGE}` },
    { id: 2, time: AT, tags: [...TAGS, "started"], text: `shop: starts r1 (${IMAGE}), canary over 10 %, 100 %` },
    { id: 3, time: AT + 60_000, tags: [...TAGS, "stage"], text: "shop: r1 has 10 % of the traffic" },
    { id: 4, time: AT + 180_000, tags: [...TAGS, "rolled-back"], text: "shop: rolled back within 4.2 s, errors 9.1 %" },
  ]);
});

test("a driver that goes on lengthens the region of the one before", async () => {
  const fake = await fakeGrafana();
  await tellAll(notifier(fake), [SAID.started, SAID.approval]);
  await notifier(fake)(...lastOf([SAID.resumed, SAID.stage, SAID.done]));
  expect(fake.annotations.filter(({ tags }) => tags.includes("rollout"))).toMatchObject([{ id: 1, time: AT, timeEnd: AT + 120_000 }]);
});

test("a region that Grafana took although its answer was lost is not made twice", async () => {
  const fake = await fakeGrafana();
  fake.first.push(undefined, undefined, { status: 503, headers: { "content-type": "text/html" }, body: "<html>" });
  await expect(notifier(fake)(...lastOf([SAID.started]))).rejects.toMatchObject({ message: "Grafana refused it, got status 503 with a page of HTML; the rollout goes on without it", againAfter: 1 });
  await notifier(fake)(...lastOf([SAID.started]));
  expect(fake.annotations.map(({ tags }) => tags.at(-1))).toEqual(["rollout", "started"]);
});

test("what was done already is not marked again, and a failure before the start is not marked", async () => {
  const fake = await fakeGrafana();
  await tellAll(notifier(fake), [SAID.done]);
  await tellAll(notifier(fake), [SAID.failed]);
  expect(fake.annotations).toEqual([]);
});

test("texts of others are no HTML", async () => {
  const fake = await fakeGrafana();
  await tellAll(notifier(fake), [SAID.started, { ...SAID.rolledBack, reason: `<img src=x onerror="alert('1')"> & more` }]);
  expect(fake.annotations.at(-1)?.text).toBe("shop: rolled back within 4.2 s, &lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more");
});

test.each([
  ["is old", { status: 401, body: { message: "Invalid API key hidden" } }, 'Grafana refused it, got status 401 "Invalid API key [hidden]"; set GRAFANA to a token that is still good'],
  ["may not", { status: 403, body: { message: "You'll need additional permissions" } }, 'Grafana refused it, got status 403 "You\'ll need additional permissions"; give the service account of GRAFANA the permission to write annotations'],
  ["is led to a login", { status: 302, headers: { location: "/login" } }, "Grafana refused it, got status 302; the rollout goes on without it"],
  ["meets a page", { body: "<html>" }, 'Grafana\'s answer cannot be read, got "<html>"; check its address'],
])("a token that %s is a refusal that does not show it", async (_, answer, message) => {
  const fake = await fakeGrafana();
  fake.first.push(answer);
  await expect(notifier(fake)(...lastOf([SAID.started]))).rejects.toMatchObject({ message, againAfter: undefined });
});
