import { afterEach, describe, expect, test } from "@jest/globals";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { serviceLevel } from "../../../components/delivery/service-level.ts";
import { decide } from "../../../operations/gate/judge.ts";
import { policyOf } from "../../../operations/rollout/checked.ts";
import { prometheus } from "../../../operations/rollout/prometheus.ts";
import { watch } from "../../../operations/rollout/watch.ts";
import type { Judgement } from "../../../operations/gate/types.ts";
import { settings } from "../../delivery/service-fixtures.ts";

const SHOP = settings();
const LEVEL = serviceLevel("shop", SHOP);
const POLICY = policyOf("shop", SHOP);
const REVISIONS = { stable: "ra", candidate: "rb" };
/** Begin of the rollout, and seconds between two looks. */
const [FROM, EVERY] = [1_800_000_000, 15];

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  return `http://127.0.0.1:${address.port}`;
}

/** Totals at a time: 90 requests a second to the stable revision and 10 to the candidate, all answered within 100 ms. */
function total(revision: string, at: number): number {
  return (revision === "ra" ? 90 : 10) * Math.max(0, at - FROM + 3600);
}

interface Asked { query: string; at: number; range: boolean }

function askedBy({ url = "" }: IncomingMessage): Asked {
  const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
  return { query: searchParams.get("query") ?? "", at: Number(searchParams.get("time") ?? searchParams.get("end")), range: pathname.endsWith("query_range") };
}

/** The samples of a healthy mesh for one question; a test changes them. */
function samples({ at, query }: Asked): { labels: Record<string, string>; value: string }[] {
  return ["ra", "rb"].flatMap((revision) => {
    const labels = { destination_version: revision, pod: `pod-${revision}`, instance: "" };
    if (query.includes("timestamp(")) return [{ labels, value: String(at - 5) }];
    if (query.includes("response_code")) return [];
    if (query.includes("_bucket")) return LEVEL.bounds.map((bound) => ({ labels: { ...labels, le: String(bound) }, value: String(bound < 100 ? 0 : total(revision, at)) }));
    return [{ labels, value: String(total(revision, at)) }];
  });
}

function success(resultType: string, result: unknown, more: object = {}): string {
  return JSON.stringify({ status: "success", data: { resultType, result }, ...more });
}

function vector(asked: Asked, found = samples(asked), at = asked.at): string {
  return success("vector", found.map(({ labels, value }) => ({ metric: labels, value: [at, value] })));
}

/** Answers as Prometheus does, but for what the test does to it from the third look on. */
function spoiled(spoil: (asked: Asked, response: ServerResponse) => void): RequestListener {
  return (request, response) => {
    const asked = askedBy(request);
    if (asked.range) return void response.end(success("matrix", []));
    if (asked.at < FROM + 2 * EVERY) return void response.end(vector(asked));
    return spoil(asked, response);
  };
}

/** The verdicts of so many looks, at 10 % or at the weight that each of them finds. */
async function verdicts(url: string, looks: number, timeoutMilliseconds = 2000, weights: readonly number[] = []): Promise<Judgement[]> {
  const watching = watch({ level: LEVEL, policy: POLICY, revisions: REVISIONS, lookSeconds: EVERY, prometheus: prometheus({ url, timeoutMilliseconds }) });
  const told: Judgement[] = [];
  for (let index = 0; index < looks; index += 1) told.push(await watching.look(FROM + index * EVERY, weights[index] ?? 10));
  return told;
}

/** What the driver would do, with nothing to wait for. */
function actions(judgements: readonly Judgement[]): string[] {
  return judgements.map((each, index) => decide(each, { since: 0, now: FROM + index * EVERY, dwellSeconds: 0 }, POLICY));
}

test("an answer that is one advances", async () => {
  const judgements = await verdicts(await serve(spoiled((asked, response) => response.end(vector(asked)))), 4);
  expect(judgements.map(({ verdict }) => verdict)).toEqual(["not-enough", "pass", "pass", "pass"]);
  expect(judgements.at(-1)).toMatchObject({ samples: 450, why: "450 requests and nothing against the candidate" });
  expect(actions(judgements)).toEqual(["wait", "advance", "advance", "advance"]);
});

test("what was met on the way to a weight is no pass of it", async () => {
  const judgements = await verdicts(await serve(spoiled((asked, response) => response.end(vector(asked)))), 4, 2000, [10, 10, 12, 12]);
  expect(judgements.map(({ samples: met, verdict, why }) => [verdict, met, why])).toEqual([
    ["not-enough", 0, "0 of 100 requests"],
    ["pass", 150, "150 requests and nothing against the candidate"],
    ["not-enough", 0, "0 of 100 requests"],
    ["pass", 150, "150 requests and nothing against the candidate"],
  ]);
});

test.each([50, 100])("a mesh that does not follow to %i %% lets nothing pass", async (weight) => {
  const judgements = await verdicts(await serve(spoiled((asked, response) => response.end(vector(asked)))), 4, 2000, [10, 10, weight, weight]);
  expect(judgements.map(({ verdict }) => verdict)).toEqual(["not-enough", "pass", "not-enough", "not-enough"]);
  expect(judgements.at(-1)?.why).toBe(`150 of the last 1500 requests met the candidate, which has ${weight} %: the mesh does not follow yet`);
});

test("a weight that was given while nobody answered is not passed by what was met before it", async () => {
  const url = await serve(spoiled((asked, response) => (asked.at < FROM + 3 * EVERY ? response.end() : response.end(vector(asked)))));
  const judgements = await verdicts(url, 5, 2000, [10, 10, 12, 12, 12]);
  expect(judgements.map(({ samples: met, verdict }) => [verdict, met])).toEqual([["not-enough", 0], ["pass", 150], ["no-answer", 150], ["not-enough", 0], ["pass", 150]]);
});

describe("a Prometheus that", () => {
  test.each<[string, string | RegExp, (asked: Asked, response: ServerResponse) => void]>([
    ["answers nothing at all", "not-json: an empty answer", (_, response) => response.end()],
    ["answers with NaN", 'not-a-number: got "NaN"', (asked, response) => response.end(vector(asked, samples(asked).map((each) => ({ ...each, value: "NaN" }))))],
    ["answers with +Inf", 'not-a-number: got "+Inf"', (asked, response) => response.end(vector(asked, samples(asked).map((each) => ({ ...each, value: "+Inf" }))))],
    ["answers with an empty number", 'not-a-number: got ""', (asked, response) => response.end(vector(asked, samples(asked).map((each) => ({ ...each, value: "" }))))],
    ["answers with counters below 0", "not-a-number: a counter below 0, got -1", (asked, response) => response.end(vector(asked, samples(asked).map((each) => ({ ...each, value: asked.query.includes("timestamp(") ? each.value : "-1" }))))],
    ["answers with a page for people", "not-json: <!doctype html> <title>Sign in</title>", (_, response) => response.setHeader("content-type", "text/html").end("<!doctype html>\n<title>Sign in</title>")],
    ["answers with half a JSON", /^not-json: \{"status":"success"/, (asked, response) => response.end(vector(asked).slice(0, 60))],
    ["fails with 500", "status: HTTP 500: out of memory", (_, response) => response.writeHead(500).end("out of memory")],
    ["refuses with 422", /^status: HTTP 422: \{"status":"error"/, (_, response) => response.writeHead(422).end('{"status":"error","errorType":"execution","error":"query timed out"}')],
    ["says 200 and that there was an error", "error: too many samples", (_, response) => response.end('{"status":"error","errorType":"execution","error":"too many samples"}')],
    ["leaves out a store that did not answer", "warning: store-1 is away", (asked, response) => response.end(success("vector", samples(asked).map(({ labels, value }) => ({ metric: labels, value: [asked.at, value] })), { warnings: ["store-1 is away"] }))],
    ["redirects to where people sign in", "status: HTTP 302", (_, response) => response.writeHead(302, { location: "/login" }).end()],
    ["resets the connection", /^unreachable: /, (_, response) => response.destroy()],
    ["cuts its answer off", /^unreachable: /, (asked, response) => {
      response.writeHead(200, { "content-length": "100000" }).write(vector(asked).slice(0, 20));
      setImmediate(() => response.destroy());
    }],
    ["answers about another time", `wrong-time: asked for ${FROM + 2 * EVERY}, got ${FROM + 2 * EVERY - 60}`, (asked, response) => response.end(vector(asked, samples(asked), asked.at - 60))],
    ["answers with a matrix", "wrong-type: got a matrix, asked for a vector", (_, response) => response.end(success("matrix", []))],
    ["knows neither revision", "empty: no request metrics of either revision", (_, response) => response.end(success("vector", []))],
    ["has scraped nothing for two minutes", "stale: ra was last scraped 120 s ago", (asked, response) => response.end(vector(asked, samples(asked).map((each) => (asked.query.includes("timestamp(") ? { ...each, value: String(asked.at - 120) } : each))))],
    ["hears of the stable revision alone", /^silent: about 150 requests should have reached the candidate, and it shows none$/, (asked, response) => response.end(vector(asked, samples(asked).map((each) => (each.labels["destination_version"] === "rb" && !asked.query.includes("timestamp(") ? { ...each, value: String(total("rb", FROM + EVERY)) } : each))))],
  ])("%s advances nothing", async (_, why, spoil) => {
    const judgements = await verdicts(await serve(spoiled(spoil)), 4);
    expect(judgements.map(({ verdict }) => verdict)).toEqual(["not-enough", "pass", "no-answer", "no-answer"]);
    expect(judgements[2]?.why).toEqual(typeof why === "string" ? why : expect.stringMatching(why));
    expect(judgements[3]?.silentSeconds).toBe(30);
    expect(actions(judgements).slice(2)).toEqual(["wait", "wait"]);
  });

  test("is slow advances nothing, and its answer is not waited for", async () => {
    const judgements = await verdicts(await serve(spoiled(() => {})), 3, 150);
    expect(judgements.at(-1)).toMatchObject({ verdict: "no-answer", reason: "timeout", why: "timeout: no answer within 0.15 s" });
  });

  test("is slow in the middle of its answer advances nothing", async () => {
    const judgements = await verdicts(await serve(spoiled((asked, response) => void response.writeHead(200).write(vector(asked).slice(0, 20)))), 3, 150);
    expect(judgements.at(-1)).toMatchObject({ verdict: "no-answer", reason: "timeout" });
  });

  test("fails at one of five questions advances nothing", async () => {
    const judgements = await verdicts(await serve(spoiled((asked, response) => (asked.query.includes("_bucket") ? response.writeHead(503).end() : response.end(vector(asked))))), 3);
    expect(judgements.at(-1)).toMatchObject({ verdict: "no-answer", why: "status: HTTP 503" });
  });

  test("is not there at all advances nothing, from the first look on", async () => {
    const url = await serve(() => {});
    await new Promise((resolve) => server?.close(resolve));
    const judgements = await verdicts(url, 2);
    expect(judgements.map(({ verdict, reason }) => [verdict, reason])).toEqual([["no-answer", "unreachable"], ["no-answer", "unreachable"]]);
    expect(actions(judgements)).toEqual(["wait", "wait"]);
  });

  test("comes back has lost nothing: the next answer covers the time", async () => {
    const judgements = await verdicts(await serve(spoiled((asked, response) => (asked.at < FROM + 4 * EVERY ? response.writeHead(500).end() : response.end(vector(asked))))), 5);
    expect(judgements.map(({ verdict, samples: seen }) => [verdict, seen])).toEqual([["not-enough", 0], ["pass", 150], ["no-answer", 150], ["no-answer", 150], ["pass", 600]]);
  });

  test("answers holds the driver after two minutes of silence, and rolls back after thirty", async () => {
    const judgements = await verdicts(await serve(spoiled((_, response) => response.writeHead(500).end())), 125);
    const told = actions(judgements);
    expect([told[8], told[9], told[120], told[121]]).toEqual(["wait", "hold", "hold", "roll-back"]);
    expect(told.slice(2)).not.toContain("advance");
  });
});

describe("a question", () => {
  test("carries the token, the time and a bound for the server", async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.url, request.headers.authorization);
      response.end("{}");
    });
    await prometheus({ url: `${url}//`, token: "t0ken" }).instant("up", 1.5);
    await prometheus({ url, timeoutMilliseconds: 500 }).range("up", 1, 2, 15);
    expect(seen).toEqual(["/api/v1/query?query=up&time=1.5&timeout=10000ms", "Bearer t0ken", "/api/v1/query_range?query=up&start=1&end=2&step=15&timeout=500ms", undefined]);
  });
});

test("a service of which nothing can be measured waits for somebody", async () => {
  const ports = [{ name: "tcp", port: 5432, protocol: "tcp" as const }];
  const level = serviceLevel("store", settings({ ports }));
  const watching = watch({ level, policy: policyOf("store", settings({ ports })), revisions: REVISIONS, lookSeconds: EVERY, prometheus: prometheus({ url: "http://127.0.0.1:9" }) });
  expect(await watching.look(FROM, 10)).toEqual({ verdict: "not-enough", why: "nothing of this service is measured; somebody has to promote it", samples: 0, indicators: [], silentSeconds: 0 });
});
