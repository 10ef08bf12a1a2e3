import { createServer } from "node:http";
import type { Server } from "node:http";
import { afterEach, describe, expect, test } from "@jest/globals";
import { push } from "../../../operations/metrics/push.ts";

let server: Server | undefined;

afterEach(() => {
  server?.close();
  server = undefined;
});

describe("a Pushgateway", () => {
  /** A gateway that answers so; what it was sent. */
  async function gateway(status: number, said = ""): Promise<{ url: string; sent: unknown[] }> {
    const sent: unknown[] = [];
    const listening = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (part: string) => (body += part)).on("end", () => {
        sent.push({ method: request.method, url: request.url, type: request.headers["content-type"], login: request.headers.authorization, body });
        response.writeHead(status).end(said);
      });
    });
    server = listening;
    await new Promise<void>((done) => void listening.listen(0, "127.0.0.1", done));
    const address = listening.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return { url: `http://127.0.0.1:${address.port}`, sent };
  }

  test("gets the stack's group replaced", async () => {
    const { url, sent } = await gateway(200);
    await push(`${url}/`, "production", "metric 1\n");
    expect(sent).toEqual([{ method: "PUT", url: "/metrics/job/slipway/stack/production", type: "text/plain; version=0.0.4; charset=utf-8", login: undefined, body: "metric 1\n" }]);
  });

  test("gets user and password in a header, and no message has them", async () => {
    const { url, sent } = await gateway(403, "not for you");
    const address = url.replace("//", "//ada:s%3Acret@");
    await expect(push(address, "production", "metric 1\n")).rejects.toThrow(`--push: ${url} refused the metrics, got 403 "not for you"; put user and password before @ in the address`);
    expect(sent).toMatchObject([{ login: `Basic ${Buffer.from("ada:s:cret").toString("base64")}` }]);
  });

  test.each([
    [400, "text format parsing error", 'got 400 "text format parsing error"; see the gateway\'s log'],
    [404, "", "got 404; write the gateway's own address, without /metrics"],
  ])("that answers %i is a problem", async (status, said, text) => {
    const { url } = await gateway(status, said);
    await expect(push(url, "production", "metric 1\n")).rejects.toThrow(`--push: ${url} refused the metrics, ${text}`);
  });

  test("that is not there is a problem", async () => {
    const { url } = await gateway(200);
    server?.close();
    await expect(push(url, "production", "metric 1\n")).rejects.toThrow(/^--push: http:\/\/127\.0\.0\.1:\d+ does not answer, got "connect ECONNREFUSED .*"; start the gateway, or write the metrics by --out$/);
  });

  test.each(["gateway:9091", "ftp://gateway", ""])("has an address, which %j is not", async (address) => {
    await expect(push(address, "production", "")).rejects.toThrow("--push: is not the address of a Pushgateway; write it as http://host:9091");
  });
});
