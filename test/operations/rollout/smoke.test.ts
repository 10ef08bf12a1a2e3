import { gzipSync } from "node:zlib";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { SmokeCheck } from "../../../components/delivery/rollout-settings.ts";
import { smokeChecks } from "../../../operations/rollout/smoke.ts";
import { serve } from "../../workflows/serve.ts";
import type { Answer } from "../../workflows/serve.ts";

function check(url: string, more: Partial<SmokeCheck> = {}): SmokeCheck {
  return { name: "home", url, headers: {}, status: 200, timeoutSeconds: 5, ...more };
}

async function failures(answer: Answer, more: Partial<SmokeCheck> = {}): Promise<string[]> {
  const { url } = await serve(() => answer);
  return smokeChecks([check(url, more)]);
}

const open: ReturnType<typeof createServer>[] = [];
afterAll(() => open.forEach((server) => server.close()));

/** A server that takes connections and does what is asked with them. */
async function raw(talk: (write: (text: string) => void, end: () => void) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined); // the client leaves first where it has seen enough
    socket.once("data", () => talk((text) => socket.write(text), () => socket.destroy()));
  });
  open.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}/`;
}

describe("a smoke check passes", () => {
  test.each<[string, Answer, Partial<SmokeCheck>]>([
    ["with its status", { status: 204 }, { status: 204 }],
    ["with its text", { body: "<h1>welcome</h1>" }, { contains: "welcome" }],
    ["with a text in a compressed answer", { headers: { "content-encoding": "gzip" }, body: gzipSync("welcome") }, { contains: "welcome" }],
    ["with a text beyond ASCII", { body: Buffer.from("größer") }, { contains: "größer" }],
    ["with an error that is expected", { status: 503 }, { status: 503 }],
    ["with a redirect that is expected", { status: 302, headers: { location: "/login" } }, { status: 302 }],
  ])("%s", async (_, answer, more) => {
    expect(await failures(answer, more)).toEqual([]);
  });

  test("and sends its headers, which lead to the candidate", async () => {
    const { requests, url } = await serve(() => ({ body: "ok" }));
    expect(await smokeChecks([check(url, { headers: { "x-tester": "canary" } })])).toEqual([]);
    expect(requests.map(({ headers, method }) => [method, headers["x-tester"]])).toEqual([["GET", "canary"]]);
  });
});

describe("a smoke check fails", () => {
  test.each<[string, Answer, Partial<SmokeCheck>, string]>([
    ["with another status", { status: 500 }, {}, "home: status 500, expected status 200"],
    ["with a redirect, which is not followed", { status: 302, headers: { location: "/login" } }, {}, 'home: status 302 to "/login", expected status 200'],
    ["without its text", { body: "sorry" }, { contains: "welcome" }, 'home: status 200 with 5 characters without it, expected the text "welcome"'],
    ["with a text after the first MiB", { body: `${"x".repeat(1024 * 1024)}welcome` }, { contains: "welcome" }, 'home: status 200 with more than 1 MiB without it, expected the text "welcome" in the first 1 MiB'],
    ["under a name of two lines", { status: 404 }, { name: "home\npage" }, "home page: status 404, expected status 200"],
    ["with a header that cannot be sent, without naming it", {}, { headers: { "x-key": "hidden\nline" } }, "home: a header's value cannot be sent, expected status 200"],
    ["with a place of many characters", { status: 301, headers: { location: "/x".repeat(500) } }, {}, `home: status 301 to "${"/x".repeat(50)}", expected status 200`],
  ])("%s", async (_, answer, more, line) => {
    expect(await failures(answer, more)).toEqual([line]);
  });

  test("where nobody listens", async () => {
    expect(await smokeChecks([check("http://127.0.0.1:1/")])).toEqual([expect.stringMatching(/^home: no answer \(.+\), expected status 200$/)]);
  });

  test("where no answer comes in time", async () => {
    const url = await raw(() => undefined);
    expect(await smokeChecks([check(url, { timeoutSeconds: 1 })])).toEqual(["home: no answer within 1 s, expected status 200"]);
  });

  test("where the text stops in the middle", async () => {
    const url = await raw((write) => write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nwel"));
    expect(await smokeChecks([check(url, { contains: "welcome", timeoutSeconds: 1 })])).toEqual(["home: no answer within 1 s, expected status 200"]);
  });

  test("where the connection breaks", async () => {
    const url = await raw((_, end) => end());
    expect(await smokeChecks([check(url)])).toEqual(["home: no answer (UND_ERR_SOCKET), expected status 200"]);
  });

  test("where it is no HTTP", async () => {
    const url = await raw((write) => write("SSH-2.0-OpenSSH\r\n"));
    expect(await smokeChecks([check(url)])).toEqual([expect.stringMatching(/^home: no answer \(.*HTTP.*\), expected status 200$/)]);
  });

  test("where it is stopped", async () => {
    const url = await raw(() => undefined);
    expect(await smokeChecks([check(url)], { signal: AbortSignal.abort() })).toEqual(["home: stopped before there was an answer, expected status 200"]);
  });
});

test("an answer without end is left after the first MiB", async () => {
  const url = await raw((write) => {
    write("HTTP/1.1 200 OK\r\n\r\n");
    for (let times = 0; times < 20; times += 1) write("x".repeat(100_000));
  });
  expect(await smokeChecks([check(url, { contains: "welcome" })])).toEqual(['home: status 200 with more than 1 MiB without it, expected the text "welcome" in the first 1 MiB']);
});

test("failures stand in the checks' order, and no more checks run at once than asked", async () => {
  let running = 0;
  let most = 0;
  const { url } = await serve(async ({ path }) => {
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return { status: path === "/3" ? 200 : 500 };
  });
  const checks = [0, 1, 2, 3, 4, 5].map((index) => check(`${url}/${index}`, { name: `check ${index}` }));
  expect(await smokeChecks(checks, { parallel: 2 })).toEqual([0, 1, 2, 4, 5].map((index) => `check ${index}: status 500, expected status 200`));
  expect(most).toBeLessThanOrEqual(2);
  expect(await smokeChecks([])).toEqual([]);
});
