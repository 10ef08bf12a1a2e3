import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createServer, request } from "node:http";
import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import { readAddress, readLength, readPort } from "../../../operations/dashboards/options.ts";
import { serve } from "../../../operations/dashboards/server.ts";
import type { Server } from "../../../operations/dashboards/server.ts";
import { Problem } from "../../../toolchain/problem.ts";

const PAGE = { "index.html": "<!doctype html>", "page/page.js": "start()", "page/page.css": "a {}" };

let upstream: HttpServer;
let answer: (incoming: IncomingMessage, response: ServerResponse) => void;
let asked: string[];
let server: Server;

/** What the server answers to a plain request, whatever its headers. */
function get(path: string, { headers = {}, method = "GET" }: { method?: string; headers?: Record<string, string> } = {}): Promise<{ status: number | undefined; headers: IncomingMessage["headers"]; text: string }> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port: server.port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk)).on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    }).on("error", reject).end();
  });
}

function port(of: HttpServer): number {
  const address = of.address();
  if (typeof address !== "object" || address === null) throw new Error("not listening");
  return address.port;
}

beforeEach(async () => {
  asked = [];
  answer = (_, response) => void response.end('{"status":"success","data":{"resultType":"vector","result":[]}}');
  upstream = createServer((incoming, response) => (asked.push(`${incoming.method} ${incoming.url}`), answer(incoming, response)));
  await new Promise<void>((listening) => upstream.listen(0, "127.0.0.1", listening));
  server = await serve({ page: PAGE, prometheus: new URL(`http://127.0.0.1:${port(upstream)}/base/`), port: 0, limits: { milliseconds: 400, bytes: 1024 * 1024 } });
});
afterEach(async () => {
  await server.close();
  upstream.closeAllConnections();
  await new Promise((closed) => upstream.close(closed));
});

describe("the page's server", () => {
  test.each([["/", "text/html; charset=utf-8", "<!doctype html>"], ["/page/page.js", "text/javascript; charset=utf-8", "start()"], ["/page/page.css?x=1", "text/css; charset=utf-8", "a {}"]])("sends %s", async (path, type, text) => {
    const got = await get(path);
    expect(got).toMatchObject({ status: 200, text });
    expect(got.headers).toMatchObject({ "content-type": type, "x-content-type-options": "nosniff", "cache-control": "no-store", "referrer-policy": "no-referrer" });
    expect(got.headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self';");
  });

  test.each(["/api/v1/query?query=up&time=1", "/api/v1/query_range?query=up%7Ba%3D%22b%22%7D", "/api/v1/label/pod/values?match[]=up"])("passes %s on", async (path) => {
    expect(await get(path)).toMatchObject({ status: 200, text: '{"status":"success","data":{"resultType":"vector","result":[]}}' });
    expect(asked).toEqual([`GET /base${path}`]);
  });

  test("hands on what Prometheus says is wrong, with its status", async () => {
    answer = (_, response) => void response.writeHead(400).end('{"status":"error","error":"parse error"}');
    expect(await get("/api/v1/query?query=%7B")).toMatchObject({ status: 400, text: '{"status":"error","error":"parse error"}' });
  });

  test.each<[string, string, Parameters<typeof get>[1], number, string]>([
    ["another method", "/api/v1/query", { method: "POST" }, 405, "method: is not answered here, got POST; use GET"],
    ["a path that changes something", "/api/v1/admin/tsdb/delete_series", {}, 403, 'path: is not passed on, got "/api/v1/admin/tsdb/delete_series"; ask /api/v1/query, /api/v1/query_range or /api/v1/label/<name>/values'],
    ["Prometheus' own settings", "/api/v1/status/config", {}, 403, 'path: is not passed on, got "/api/v1/status/config"; ask /api/v1/query, /api/v1/query_range or /api/v1/label/<name>/values'],
    ["a way out of the path", "/api/v1/label/a/values/../../status/config", {}, 403, 'path: is not passed on, got "/api/v1/label/status/config"; ask /api/v1/query, /api/v1/query_range or /api/v1/label/<name>/values'],
    ["a page of somebody else", "/", { headers: { host: "evil.example.com" } }, 403, 'host: is not this server, got "evil.example.com"; open http://127.0.0.1:<port>/'],
    ["a file that is not there", "/package.json", {}, 404, 'path: there is no such file, got "/package.json"; open /'],
    ["a name of every object", "/constructor", {}, 404, 'path: there is no such file, got "/constructor"; open /'],
    ["a query without end", `/api/v1/query?query=${"a".repeat(33_000)}`, {}, 414, "address: is longer than 32768 characters; shorten the query"],
  ])("refuses %s", async (_, path, options, status, error) => {
    const got = await get(path, options);
    expect([got.status, JSON.parse(got.text)]).toEqual([status, { status: "error", errorType: "slipway", error: error.replace("<port>", String(server.port)) }]);
    expect(asked).toEqual([]);
  });

  test("is asked under its other name as well", async () => {
    expect((await get("/", { headers: { host: `localhost:${server.port}` } })).status).toBe(200);
  });

  test.each<[string, typeof answer, number, RegExp]>([
    ["is silent", () => {}, 504, /^Prometheus at http:\/\/127\.0\.0\.1:\d+ has not answered within 0\.4 s; choose a shorter time range$/],
    ["says too much", (_, response) => void response.end("x".repeat(1024 * 1024 + 1)), 502, /^Prometheus answers with more than 1 MiB; choose a shorter time range or fewer series$/],
    ["leads elsewhere", (_, response) => void response.writeHead(302, { location: "http://example.com/" }).end(), 502, /^Prometheus at .* cannot be reached; start it, or name another by --prometheus$/],
    ["hangs up", (incoming) => void incoming.socket.destroy(), 502, /^Prometheus at .* cannot be reached; start it, or name another by --prometheus$/],
  ])("says in the panel when Prometheus %s", async (_, how, status, error) => {
    answer = how;
    const got = await get("/api/v1/query?query=up");
    expect(got.status).toBe(status);
    expect(JSON.parse(got.text).error).toMatch(error);
  });

  test("says when its port is taken", async () => {
    await expect(serve({ page: PAGE, prometheus: new URL("http://127.0.0.1:1"), port: server.port })).rejects.toThrow(
      new Problem(`--port: cannot be listened on, got ${server.port} (listen EADDRINUSE: address already in use 127.0.0.1:${server.port}); write 0 for any free one`));
  });
});

describe("the command's options", () => {
  test.each<[() => unknown, string]>([
    [() => readAddress("prometheus"), '--prometheus: is no web address, got "prometheus"; write one such as http://127.0.0.1:9090'],
    [() => readAddress("file:///etc/passwd"), '--prometheus: is no web address, got "file:///etc/passwd"; write one such as http://127.0.0.1:9090'],
    [() => readAddress("http://me:secret@localhost"), "--prometheus: holds a user or a password, which everybody on this machine would see; name a proxy that adds them"],
    [() => readAddress("http://localhost/?a=b"), '--prometheus: has something behind its path, got "http://localhost/?a=b"; leave it away'],
    [() => readPort("65536"), '--port: is no port, got "65536"; write a number from 0, which is any free one, to 65535'],
    [() => readPort("-1"), '--port: is no port, got "-1"; write a number from 0, which is any free one, to 65535'],
    [() => readLength("soon"), '--scrape-interval: is no length from 1s to 1h, got "soon"; write one such as 30s'],
    [() => readLength("2h"), '--scrape-interval: is no length from 1s to 1h, got "2h"; write one such as 30s'],
  ])("are refused with a reason", (read, message) => {
    expect(read).toThrow(new Problem(message));
  });

  test("are read", () => {
    expect([readAddress("https://prometheus.example.com/base").href, readPort("0"), readPort("65535"), readLength("30s"), readLength("1h")]).toEqual(["https://prometheus.example.com/base", 0, 65_535, 30_000, 3_600_000]);
  });
});
