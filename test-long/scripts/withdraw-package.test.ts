import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import { packageIndex } from "../../test/workflows/verification/package-room.ts";

const SCRIPT = "withdraw-package.mjs";
const env = { PROJECT: "my-shop", VERSIONS: '["0.2.1"]', ACTION: "delete", WAIT_MINUTES: "0", PAUSE_SECONDS: "0.05", ISSUE: "12" };
const versions = (...all: string[]) => all.map((version) => ({ version }));

describe("withdrawing from an index that can be asked", () => {
  const account = { INDEX_USERNAME: "admin", INDEX_PASSWORD: "secret" };

  it("deletes from a pypiserver and sees that the release is gone", async () => {
    const index = await packageIndex("my-shop", versions("0.2.0", "0.2.1"), { html: true });
    const { code, stdout, summary } = await scriptRoom().run(SCRIPT, { ...env, ...account, INDEX_KIND: "pypiserver", INDEX_URL: index.simple, INDEX_API: `${index.server.url}/` });
    expect([code, stdout, summary]).toEqual([0, "Deleted 0.2.1.\n", "0.2.1 of my-shop: deleted.\n"]);
    expect(index.releases).toEqual(versions("0.2.0"));
    expect(index.server.requests.find(({ method }) => method === "POST")?.bytes.toString()).toBe("%3Aaction=remove_pkg&name=my_shop&version=0.2.1");
  });

  it("has nothing to do the second time", async () => {
    const index = await packageIndex("my-shop", versions("0.2.0"));
    const { code } = await scriptRoom().run(SCRIPT, { ...env, ...account, INDEX_KIND: "pypiserver", INDEX_URL: index.simple, INDEX_API: index.server.url });
    expect([code, index.server.calls().filter((call) => call.startsWith("POST"))]).toEqual([0, []]);
  });

  it("says who refused, and neither the address nor the password", async () => {
    const index = await packageIndex("my-shop", versions("0.2.1"));
    const { code, stderr, stdout } = await scriptRoom().run(SCRIPT, { ...env, INDEX_KIND: "pypiserver", INDEX_USERNAME: "admin", INDEX_PASSWORD: "wrong-password", INDEX_URL: index.simple, INDEX_API: index.server.url });
    expect([code, stderr]).toEqual([1, "::error::my-shop 0.2.1 was not deleted: the index answered 403: no; see whether the account may delete releases\n"]);
    expect(stdout + stderr).not.toMatch(/wrong-password|127\.0\.0\.1/);
  });

  it("refuses to yank where an index cannot", async () => {
    const index = await packageIndex("my-shop", versions("0.2.1"));
    const { code, stderr } = await scriptRoom().run(SCRIPT, { ...env, ...account, ACTION: "yank", INDEX_KIND: "pypiserver", INDEX_URL: index.simple, INDEX_API: index.server.url });
    expect([code, stderr, index.releases]).toEqual([1, "::error::pypiserver cannot yank; choose delete\n", versions("0.2.1")]);
  });

  it("logs in to devpi and deletes with the token that it gets", async () => {
    const index = await packageIndex("my-shop", versions("0.2.1"));
    const devpi = await serve(({ method, path }) => {
      if (path === "/+login") return { body: { status: 200, result: { password: "token" } } };
      if (method === "DELETE") index.releases.pop();
      return method === "DELETE" ? { body: { message: "deleted" } } : undefined;
    });
    const { code } = await scriptRoom().run(SCRIPT, { ...env, ...account, INDEX_KIND: "devpi", INDEX_NAME: "team/prod", INDEX_URL: index.simple, INDEX_API: devpi.url });
    expect(code).toBe(0);
    expect(devpi.requests.map(({ method, path, body }) => [method, path, body])).toEqual([["POST", "/+login", { user: "admin", password: "secret" }], ["DELETE", "/team/prod/my-shop/0.2.1", ""]]);
    expect(devpi.requests[1]?.headers["x-devpi-auth"]).toBe(Buffer.from("admin:token").toString("base64"));
  });

  it("deletes the package of a GitLab project that has exactly this name and version", async () => {
    const index = await packageIndex("my-shop", versions("0.2.1"));
    const gitlab = await serve(({ method }) => {
      if (method === "DELETE") index.releases.pop();
      return method === "DELETE" ? { status: 204 } : { body: [{ id: 5, name: "my_shop", version: "0.2.1" }, { id: 6, name: "my-shop-tools", version: "0.2.1" }] };
    });
    const { code } = await scriptRoom().run(SCRIPT, { ...env, ...account, INDEX_KIND: "gitlab", INDEX_NAME: "team/shop", INDEX_URL: index.simple, INDEX_API: gitlab.url });
    expect(code).toBe(0);
    expect(gitlab.calls()).toEqual(["GET /api/v4/projects/team%2Fshop/packages?package_type=pypi&package_name=my-shop&package_version=0.2.1", "DELETE /api/v4/projects/team%2Fshop/packages/5"]);
    expect(gitlab.requests[1]?.headers["private-token"]).toBe("secret");
  });

  it("deletes the version's folder in Artifactory", async () => {
    const index = await packageIndex("my-shop", versions("0.2.1"));
    const artifactory = await serve(({ method }) => (method === "DELETE" ? (index.releases.pop(), { status: 204 }) : undefined));
    const { code } = await scriptRoom().run(SCRIPT, { ...env, ...account, INDEX_KIND: "artifactory", INDEX_NAME: "pypi-local", INDEX_URL: index.simple, INDEX_API: `${artifactory.url}/artifactory` });
    expect([code, artifactory.calls()]).toEqual([0, ["DELETE /artifactory/pypi-local/my-shop/0.2.1"]]);
    expect(artifactory.requests[0]?.headers.authorization).toBe("Bearer secret");
  });
});

describe("withdrawing from PyPI", () => {
  const github = () => serve(({ method }) => ({ body: method === "GET" ? [] : { id: 1 } }));

  it("gives people the page of each release, and goes on once all are yanked", async () => {
    const [index, api] = [await packageIndex("my-shop", versions("0.2.0", "0.2.1")), await github()];
    const people = setTimeout(() => index.releases.forEach((release) => (release.yanked = release.version === "0.2.1")), 1000);
    const { code, summary } = await scriptRoom().run(SCRIPT, { ...env, ACTION: "yank", INDEX_KIND: "pypi", INDEX_URL: index.simple, GITHUB_API_URL: api.url, WAIT_MINUTES: "1" });
    clearTimeout(people);
    expect([code, summary]).toEqual([0, "0.2.1 of my-shop: yanked.\n"]);
    const comment = api.requests.find(({ method }) => method === "POST");
    expect(comment?.path).toBe("/repos/acme/shop/issues/12/comments");
    expect(comment?.body).toMatchObject({ body: expect.stringContaining("- [ ] [yank 0.2.1](https://pypi.org/manage/project/my-shop/release/0.2.1/)") });
    expect(index.server.calls().every((call) => call === "GET /simple/my-shop/")).toBe(true);
  });

  it("fails when the time is over, says what is left, and does not take a half-done list for done", async () => {
    const [index, api] = [await packageIndex("my-shop", [{ version: "0.2.0", yanked: true }, { version: "0.2.1" }]), await github()];
    const { code, stderr } = await scriptRoom().run(SCRIPT, { ...env, VERSIONS: '["0.2.1","0.2.0"]', ACTION: "yank", INDEX_KIND: "pypi", INDEX_URL: index.simple, GITHUB_API_URL: api.url });
    expect([code, stderr]).toEqual([1, "::error::my-shop 0.2.1: still not yanked after 0 minutes; do it on the pages above, then run the failed jobs again\n"]);
  });

  it("takes a yanked release for not deleted", async () => {
    const [index, api] = [await packageIndex("my-shop", [{ version: "0.2.1", yanked: true }]), await github()];
    const { code } = await scriptRoom().run(SCRIPT, { ...env, INDEX_KIND: "pypi", INDEX_URL: index.simple, GITHUB_API_URL: api.url });
    expect(code).toBe(1);
  });

  it.each(['["0.2.1; touch pwned"]', '["$(touch pwned)"]', '["0.2.1"]\n::error::forged', "0.2.1", "[]"])("refuses the list %j", async (VERSIONS) => {
    const room = scriptRoom();
    const { code, stderr } = await room.run(SCRIPT, { ...env, VERSIONS, INDEX_KIND: "pypi" });
    expect([code, stderr.startsWith("::error::VERSIONS: is not a list of versions, got "), stderr.split("\n").length, room.exists("pwned")]).toEqual([1, true, 2, false]);
  });
});
