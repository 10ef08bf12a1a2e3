import {  } from "@jest/globals";
import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Ran, Recorded } from "../../test/workflows/script-room.ts";
import { digestOf } from "../../test/workflows/continuous/images.ts";


type Registry = { host: string; requests: Recorded[]; calls(): string[] };

/** A registry that has each tag from its n-th question on. */
async function registry(tags: Record<string, number>): Promise<Registry> {
  const asked = new Map<string, number>();
  const server = await serve(({ path }) => {
    const tag = path.split("/").at(-1) ?? "";
    asked.set(tag, (asked.get(tag) ?? 0) + 1);
    return (asked.get(tag) ?? 0) >= (tags[tag] ?? Infinity) ? { headers: { "docker-content-digest": digestOf(tag) } } : { status: 404 };
  });
  return { host: server.url.replace("http://", ""), requests: server.requests, calls: server.calls };
}

function find({ host }: Registry, env: Record<string, string>): Promise<Ran> {
  return scriptRoom().run("find-image.mjs", { IMAGE: `${host}/acme/shop`, WAIT_MINUTES: "0.5", INTERVAL_SECONDS: "0.05", GITHUB_SHA: `abcdef0${"1".repeat(33)}`, ...env });
}

describe("find-image.mjs", () => {
  it("takes the image of the tag that the run is for, by digest", async () => {
    const store = await registry({ "v1.2.3": 1 });
    const ran = await find(store, { GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: "v1.2.3" });
    expect(ran).toMatchObject({ code: 0, outputs: { reference: `${store.host}/acme/shop@${digestOf("v1.2.3")}`, tag: "v1.2.3" } });
  });

  it("takes that of the commit on a branch, and waits until it is built", async () => {
    const store = await registry({ "sha-abcdef0": 3 });
    const ran = await find(store, { GITHUB_REF_TYPE: "branch", GITHUB_REF_NAME: "develop" });
    expect(ran.outputs["tag"]).toBe("sha-abcdef0");
    expect(store.calls()).toEqual(Array(3).fill("HEAD /v2/acme/shop/manifests/sha-abcdef0"));
  });

  it("takes a named tag before any other", async () => {
    const ran = await find(await registry({ "v1.0.0": 1 }), { TAG: "v1.0.0", GITHUB_REF_TYPE: "branch" });
    expect(ran.outputs["tag"]).toBe("v1.0.0");
  });

  it("says which image is missing when the time is over", async () => {
    const ran = await find(await registry({}), { TAG: "v9.9.9", WAIT_MINUTES: "0.01" });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^::error::127\.0\.0\.1:\d+\/acme\/shop:v9\.9\.9 is not in its registry after 0\.01 minutes; see that its build has passed/);
  });

  it.each([{ TAG: "../../secrets" }, { TAG: "$(touch pwned)" }, { GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: "v1/..\nX" }, { IMAGE: "https://evil.example.com/x" }])("asks nobody about %j", async (env) => {
    const store = await registry({});
    expect((await find(store, env)).code).toBe(1);
    expect(store.requests).toEqual([]);
  });
});

describe("load-test.mjs", () => {
  const limits = { REQUESTS: "40", CONCURRENCY: "8", LONGEST_SECONDS: "20", P95_MS: "400", ERROR_PERCENT: "5" };

  it("sends every request, never more than it may at once, and passes what is fast and well", async () => {
    let [now, most] = [0, 0];
    const server = await serve(async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      return { body: "ok" };
    });
    const ran = await scriptRoom().run("load-test.mjs", { ...limits, URL: `${server.url}/health` });
    expect(ran.code).toBe(0);
    expect(server.requests).toHaveLength(40);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
    expect(ran.summary).toContain("| 95th percentile, ms |");
  });

  it("fails where too many are refused", async () => {
    let asked = 0;
    const server = await serve(() => ({ status: asked++ % 10 === 0 ? 503 : 200 }));
    const ran = await scriptRoom().run("load-test.mjs", { ...limits, URL: `${server.url}/health` });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("10.00 %25 were not answered with 200 (status 503), at most 5 %25 may");
  });

  it("fails where it is too slow", async () => {
    const server = await serve(() => new Promise((resolve) => setTimeout(resolve, 60, {})));
    const ran = await scriptRoom().run("load-test.mjs", { ...limits, P95_MS: "20", URL: `${server.url}/health` });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/the 95th percentile is \d+ ms, at most 20 ms is wanted/);
  });
});

describe("smoke-image.mjs", () => {
  const docker = 'echo "$*" >> calls; [[ "$1" != run ]] || echo container-1; [[ "$1" != logs ]] || echo "::notice::the database is away"';

  async function smoked(status: number, seconds: string): Promise<Ran & { docker: string[] }> {
    const room = scriptRoom();
    room.program("docker", docker);
    const server = await serve(() => ({ status }));
    const URL = `${server.url.replace("127.0.0.1", "localhost")}/health`;
    const ran = await room.run("smoke-image.mjs", { IMAGE: "smoke-test:ci", PASS: "DATABASE_URL REDIS_URL", URL, TIMEOUT_SECONDS: seconds, INTERVAL_SECONDS: "0.05" });
    return { ...ran, docker: room.read("calls").trimEnd().split("\n") };
  }

  it("starts the image with the databases' addresses, asks it, and removes it", async () => {
    const ran = await smoked(200, "20");
    expect(ran.code).toBe(0);
    expect(ran.docker).toEqual(["run --detach --network host --env DATABASE_URL --env REDIS_URL smoke-test:ci", "rm --force container-1"]);
  });

  it("shows the log of one that does not answer well, and removes it too", async () => {
    const ran = await smoked(500, "1");
    expect(ran.code).toBe(1);
    expect(ran.docker.slice(1)).toEqual(["logs container-1", "rm --force container-1"]);
    expect(ran.stderr).toMatch(/::error::http:\/\/localhost:\d+\/health: answered 500 for 1 s; read what the image said above/);
    expect(ran.stdout).toMatch(/^::stop-commands::/m);
  });
});

describe("go-coverage.mjs", () => {
  const covered = async (total: string, minimum = "80"): Promise<Ran> => {
    const room = scriptRoom();
    room.program("go", `[[ "$*" == "tool cover -func=coverage.out" ]]; printf 'shop/main.go:3:\\tmain\\t\\t0.0%%\\n${total}\\n'`);
    return await room.run("go-coverage.mjs", { COVERAGE_MINIMUM_PERCENT: minimum });
  };

  it.each([
    ["80.0%", 0],
    ["100.0%", 0],
    ["79.9%", 1],
    ["9.5%", 1],
  ])("holds a total of %s against 80 %%", async (total, code) => {
    const ran = await covered(String.raw`total:\t\t\t\t(statements)\t${total.replace("%", "%%")}`);
    expect(ran.code).toBe(code);
    expect(ran.summary).toContain(`Coverage: ${total.replace("%", "")} % of statements`);
  });

  it("does not take a profile without a total for a good one", async () => {
    expect((await covered("mode: atomic")).stderr).toContain("coverage.out: has no total");
  });
});
