import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Answer, Ran, Recorded, Server } from "../../test/workflows/script-room.ts";
import { github } from "../../test/workflows/rollout/github.ts";

const digest = (of: string): string => `sha256:${of.repeat(64)}`;
const tags = ["v1.2.3", "v1.2.2", "v1.2.0", "v1.3.0-rc.1", "v2.0.0", "other-9.9.9"];

/** A registry that gives its token to the run's actor alone. */
function registry(digests: Record<string, string>): Promise<Server> {
  return serve(({ path, headers }: Recorded): Answer | undefined => {
    const host = headers.host;
    if (path.startsWith("/token?")) return headers.authorization === `Basic ${Buffer.from("ada:token-of-the-run").toString("base64")}` ? { body: { token: "pull" } } : { status: 403, body: {} };
    if (headers.authorization !== "Bearer pull") return { status: 401, headers: { "www-authenticate": `Bearer realm="http://${host}/token",service="${host}",scope="repository:acme/shop:pull"` } };
    const found = digests[path.split("/").at(-1) ?? ""];
    return found === undefined ? undefined : { headers: { "docker-content-digest": found } };
  });
}

const releases = ({ path }: Recorded): Answer | undefined => (path.startsWith("/repos/acme/shop/releases?") ? { body: [...tags.map((tag) => ({ tag_name: tag, draft: false })), { tag_name: "v1.2.4", draft: true }] } : undefined);

async function ready(env: Record<string, string>, digests: Record<string, string> = { "v1.2.3": digest("a"), "v1.2.2": digest("b"), "v1.2.0": digest("c") }): Promise<Ran & { host: string }> {
  const [gitHub, images] = await Promise.all([github(releases), registry(digests)]);
  const host = images.url.slice("http://".length);
  const ran = await scriptRoom().run("release-readiness.mjs", { ...gitHub.env, IMAGE: `${host}/acme/shop`, TAG_PREFIX: "v", SERVICE: "shop", STACK: "production", VERSION: "1.2.3", ...env });
  return { ...ran, host };
}

describe("release-readiness.mjs", () => {
  it("names both images by digest and prints the command that goes back", async () => {
    const { code, outputs, summary, host } = await ready({});
    const restore = `npm run --silent slipway -- rollout shop --stack production --image ${host}/acme/shop@${digest("b")} --strategy direct --json`;
    expect([code, outputs]).toEqual([0, { image: `${host}/acme/shop@${digest("a")}`, previous: "1.2.2", restore_command: restore }]);
    expect(summary).toContain(restore);
  });

  it("goes back to the baseline that is asked for", async () => {
    expect((await ready({ VERSION: "v1.2.3", BASELINE: "1.2.0" })).outputs["previous"]).toBe("1.2.0");
  });

  it.each<[string, Record<string, string>, string]>([
    ["a release that is not published", { VERSION: "1.2.4" }, "there is no published release v1.2.4; publish it first"],
    ["a baseline that is not published", { BASELINE: "1.1.0" }, "there is no published release v1.1.0 to go back to"],
    ["a baseline that is newer", { BASELINE: "2.0.0" }, "the baseline 2.0.0 is not older than 1.2.3"],
    ["a first release", { VERSION: "1.2.0" }, "no stable release is older than 1.2.0: there is nothing to go back to"],
    ["a release without an image", { VERSION: "2.0.0" }, "acme/shop:v2.0.0 is not in its registry; publish the image first"],
    ["another registry's tag", { IMAGE: "ghcr.io/acme/shop:v1" }, "IMAGE: is not an image without a tag"],
    ["a hostile version", { VERSION: "1.2.3$(touch pwned)" }, "VERSION: is not a semantic version"],
  ])("refuses %s", async (_, env, message) => {
    const { code, stderr, outputs } = await ready(env);
    expect([code, outputs]).toEqual([1, {}]);
    expect(stderr).toContain(message);
  });

  it("refuses a way back whose image is gone", async () => {
    const { code, stderr } = await ready({}, { "v1.2.3": digest("a") });
    expect([code, stderr]).toEqual([1, expect.stringContaining("acme/shop:v1.2.2 is not in its registry")]);
  });

  it("refuses a registry's answer that is no digest", async () => {
    expect((await ready({}, { "v1.2.3": "sha256:abc", "v1.2.2": digest("b") })).code).toBe(1);
  });
});

describe("release-validate.mjs", () => {
  async function validated(checks: object[], env: Record<string, string> = {}): Promise<Ran> {
    const gitHub = await github((request) => {
      if (request.path === "/repos/acme/shop/commits/v1.2.3") return { body: { sha: "c0ffee" } };
      if (request.path.startsWith("/repos/acme/shop/commits/c0ffee/check-runs")) return { body: { total_count: checks.length, check_runs: checks } };
      return releases(request);
    });
    return scriptRoom().run("release-validate.mjs", { ...gitHub.env, VERSION: "1.2.3", TAG_PREFIX: "v", ...env });
  }
  const check = (name: string, conclusion: string | null): object => ({ name, status: conclusion === null ? "in_progress" : "completed", conclusion });

  it("finds the baseline of a release whose checks passed, and does not wait for those that run", async () => {
    expect(await validated([check("test", "success"), check("lint", "skipped"), check("Validation", null)])).toMatchObject({ code: 0, outputs: { baseline: "1.2.2" } });
    expect((await validated([], { BASELINE: "v1.2.0" })).outputs["baseline"]).toBe("1.2.0");
  });

  it("refuses a release whose checks failed", async () => {
    const { code, stderr } = await validated([check("test", "failure"), check("scan", "timed_out"), check("lint", "success")]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("checks of v1.2.3 did not pass: test (failure), scan (timed_out)")]);
  });

  it.each([["VERSION", "latest"], ["VERSION", "1.2.3`x`"], ["BASELINE", "1.2"], ["TAG_PREFIX", "../"]])("refuses %s=%j", async (name, value) => {
    expect(await validated([], { [name]: value })).toMatchObject({ code: 1, stderr: expect.stringContaining(`${name}: is not`) });
  });
});
