import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer as createSecureServer } from "node:https";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import { healthy, smoke } from "../../test/workflows/rollout/smoke-run.ts";

const secureServers: Server[] = [];
afterAll(() => secureServers.splice(0).forEach((server) => server.close()));

describe("smoke-test.mjs and a target that is not there", () => {
  it("asks nothing more of a service that refuses connections, hangs, or redirects for ever", async () => {
    const closed = await port();
    const hanging = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(hanging, "listening");
    const loop = await serve(({ path }) => ({ status: 302, headers: { location: path } }));
    const values = [`http://127.0.0.1:${closed}`, `http://127.0.0.1:${portOf(hanging)}`, loop.url].map(async (url) => {
      const { code, report, failed } = await smoke(url, "stress");
      return [code, failed, report.checks[0]?.value, report.skipped];
    });
    expect(await Promise.all(values)).toEqual([
      [2, ["Answers"], "ECONNREFUSED", 4],
      [2, ["Answers"], "timed out", 4],
      [2, ["Answers"], "more than 5 redirects", 4],
    ]);
    expect(loop.requests).toHaveLength(6);
    hanging.close();
  });

  it("keeps a target's headers to its origin", async () => {
    const other = await serve(healthy);
    const server = await serve(() => ({ status: 307, headers: { location: `${other.url}/health` } }));
    expect((await smoke(server.url, "basic")).code).toBe(0);
    expect(other.requests[0]?.headers).not.toHaveProperty("x-canary");
  });

  it("fails a certificate that nobody trusts, and one that ends within the week", async () => {
    const secure = async (days: number): Promise<{ url: string; ca: string }> => {
      const room = scriptRoom();
      const [key, cert] = [room.path("key.pem"), room.path("cert.pem")];
      execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", cert, "-days", String(days), "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], { stdio: "ignore" });
      const server = createSecureServer({ key: room.read("key.pem"), cert: room.read("cert.pem") }, (_, response) => response.end("{}")).listen(0, "127.0.0.1");
      secureServers.push(server);
      await once(server, "listening");
      return { url: `https://localhost:${portOf(server)}`, ca: cert };
    };
    const [old, fresh] = [await secure(3), await secure(30)];
    expect((await smoke(fresh.url, "basic")).failed).toEqual(["Answers"]);
    expect((await smoke(fresh.url, "basic", {}, { NODE_EXTRA_CA_CERTS: fresh.ca })).report.checks).toMatchObject([{ ok: true }, { name: "Certificate", ok: true, value: expect.stringMatching(/^(29|30) days left$/) }]);
    const ending = await smoke(old.url, "basic", {}, { NODE_EXTRA_CA_CERTS: old.ca });
    expect([ending.code, ending.failed]).toEqual([2, ["Certificate"]]);
  });
});

async function port(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const free = portOf(server);
  server.close();
  await once(server, "close");
  return free;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
