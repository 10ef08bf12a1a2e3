import {  } from "@jest/globals";
import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Ran, Recorded } from "../../test/workflows/script-room.ts";


const SHA = "a".repeat(40);
const WORKFLOW = "acme/shop/.github/workflows/cd.yml@refs/tags/v1.2.0";

async function validated(env: Record<string, string>, { file = "", runs = [] as object[], newest = "v1.1.0" } = {}): Promise<Ran & { calls: string[] }> {
  const room = scriptRoom();
  if (file !== "") room.write("pyproject.toml", file);
  const github = await serve(({ path }) => {
    if (path.startsWith("/repos/acme/shop/actions/workflows/cd.yml/runs")) return { body: { total_count: runs.length, workflow_runs: runs } };
    return path === "/repos/acme/shop/releases/latest" && newest !== "" ? { body: { tag_name: newest } } : undefined;
  });
  const runner = { GITHUB_API_URL: github.url, GITHUB_EVENT_NAME: "push", GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: "v1.2.0", GITHUB_SHA: SHA, GITHUB_RUN_ID: "7", GITHUB_WORKFLOW_REF: WORKFLOW };
  const ran = await room.run("validate-release.mjs", { ...runner, VERSION_FILE: file === "" ? "" : "pyproject.toml", ...env });
  expect(room.exists("pwned")).toBe(false);
  return { ...ran, calls: github.calls() };
}

const project = (version: string): string => `[build-system]\nrequires = ["x"]\nversion = "9.9.9"\n\n[project]\nname = "shop"\nversion = "${version}"\n\n[tool.other]\nversion = "0.0.1"\n`;

describe("validate-release.mjs", () => {
  it("releases a tag that the project's own file agrees with", async () => {
    const ran = await validated({}, { file: project("1.2.0") });
    expect(ran).toMatchObject({ code: 0, outputs: { tag: "v1.2.0", prerelease: "false", publish: "true", deploy: "true" } });
    expect(ran.calls).toEqual([`GET /repos/acme/shop/actions/workflows/cd.yml/runs?head_sha=${SHA}&status=success&per_page=100`]);
  });

  it.each([
    ["1.2.0rc1", "v1.2.0-rc.1", 0],
    ["1.2.0-rc.1", "v1.2.0-rc.1", 0],
    ["1.2.0rc2", "v1.2.0-rc.1", 1],
    ["1.2.1", "v1.2.0", 1],
    ["$(touch pwned)", "v1.2.0", 1],
  ])("reads %s in the file and %s as the tag as Python does", async (version, tag, code) => {
    const ran = await validated({ GITHUB_REF_NAME: tag }, { file: project(version) });
    expect(ran.code).toBe(code);
    if (code === 0) expect(ran.outputs["prerelease"]).toBe("true");
    else expect(ran.stderr).toContain(`says ${JSON.stringify(version)} and the tag says ${tag}`);
  });

  it("takes a dynamic version as it comes, poetry's table too, and refuses a file without one", async () => {
    expect((await validated({}, { file: '[project]\ndynamic = [\n  "version",\n]\n' })).code).toBe(0);
    expect((await validated({}, { file: "[tool.poetry]\nversion = '1.2.0'\n" })).code).toBe(0);
    const ran = await validated({}, { file: '[project]\nname = "shop"\n[tool.x]\nversion = "1.2.0"\n' });
    expect(ran.stderr).toContain("pyproject.toml: has no version");
  });

  it("leaves the work to the run that has done it: a tag and its release both start one", async () => {
    const done = { id: 5, event: "push", head_branch: "v1.2.0", html_url: "https://github.com/acme/shop/actions/runs/5" };
    const ran = await validated({ GITHUB_EVENT_NAME: "release" }, { runs: [done] });
    expect(ran.outputs).toEqual({ tag: "v1.2.0", prerelease: "false", publish: "false", deploy: "false" });
    expect(ran.summary).toContain(done.html_url);
  });

  it.each([
    ["itself", { id: 7, event: "push", head_branch: "v1.2.0" }],
    ["a deployment by hand", { id: 5, event: "workflow_dispatch", head_branch: "v1.2.0" }],
    ["another tag of the same commit", { id: 5, event: "push", head_branch: "v1.2.0-rc.1" }],
  ])("does not mistake %s for it", async (_, run) => {
    expect((await validated({}, { runs: [run] })).outputs["publish"]).toBe("true");
  });

  it("by hand deploys a named version or the newest release, and publishes nothing", async () => {
    const manual = { GITHUB_EVENT_NAME: "workflow_dispatch", GITHUB_REF_TYPE: "branch", GITHUB_REF_NAME: "main" };
    expect((await validated({ ...manual, VERSION: "1.0.3" })).outputs).toEqual({ tag: "v1.0.3", prerelease: "false", publish: "false", deploy: "true" });
    expect((await validated(manual)).outputs["tag"]).toBe("v1.1.0");
    expect((await validated(manual, { newest: "" })).stderr).toContain("the newest release could not be read");
  });

  it.each(["1.2", "v1.2.0; touch pwned", "$(touch pwned)", "1.2.0\n::error::forged", "`touch pwned`", "01.2.3"])("refuses the version %j", async (version) => {
    const ran = await validated({ GITHUB_EVENT_NAME: "workflow_dispatch", VERSION: version });
    expect(ran.code).toBe(1);
    expect(ran.outputs).toEqual({});
    expect(`${ran.stdout}${ran.stderr}`.split("\n").filter((line) => line.startsWith("::"))).toHaveLength(1);
  });
});

interface Release {
  id: number;
  tag_name: string;
  draft: boolean;
  html_url: string;
  assets?: { id: number; name: string }[];
  author?: { login: string };
}

async function finished(releases: Release[], env: Record<string, string> = {}): Promise<Ran & { requests: Recorded[] }> {
  const room = scriptRoom();
  room.write("sbom.spdx.json", '{"spdxVersion":"SPDX-2.3"}');
  const github = await serve(({ method, path }) => {
    const of = (release: object): object => ({ ...release, upload_url: `${github.url}/uploads{?name,label}`, html_url: "https://github.com/acme/shop/releases/tag/v1.2.0" });
    if (method === "GET") return { body: releases.map(of) };
    if (method === "DELETE") return { status: 204 };
    return path.startsWith("/uploads") ? { status: 201, body: {} } : { body: of({ id: 99, draft: method === "POST", tag_name: "v1.2.0" }) };
  });
  const ran = await room.run("finish-release.mjs", { GITHUB_API_URL: github.url, GITHUB_TOKEN: "token", TAG: "v1.2.0", PRERELEASE: "false", ...env }, ["sbom.spdx.json"]);
  return { ...ran, requests: github.requests.filter(({ method }) => method !== "GET") };
}

const did = ({ requests }: { requests: Recorded[] }): string[] => requests.map(({ method, path }) => `${method} ${path}`);
const release = (changes: Partial<Release>): Release => ({ id: 1, tag_name: "v1.2.0", draft: false, html_url: "", ...changes });

describe("finish-release.mjs", () => {
  it("makes a draft with generated notes, gives it the files, and only then publishes it", async () => {
    const ran = await finished([release({ tag_name: "v1.1.0" })]);
    expect(ran.code).toBe(0);
    expect(did(ran)).toEqual(["POST /repos/acme/shop/releases", "POST /uploads?name=sbom.spdx.json", "PATCH /repos/acme/shop/releases/99"]);
    expect(ran.requests[0]?.body).toEqual({ tag_name: "v1.2.0", name: "v1.2.0", draft: true, prerelease: false, generate_release_notes: true });
    expect(ran.requests[1]).toMatchObject({ body: { spdxVersion: "SPDX-2.3" }, headers: { authorization: "Bearer token", "content-type": "application/octet-stream" } });
    expect(ran.requests[2]?.body).toMatchObject({ draft: false, prerelease: false, make_latest: "legacy" });
  });

  it("publishes the draft of the tag with its text", async () => {
    const ran = await finished([release({ id: 4, draft: true })]);
    expect(did(ran)).toEqual(["POST /uploads?name=sbom.spdx.json", "PATCH /repos/acme/shop/releases/4"]);
    expect(ran.requests[1]?.body).not.toHaveProperty("body");
  });

  it("adds the files to a release that people published, and replaces those of an earlier run", async () => {
    const ran = await finished([release({ id: 4, assets: [{ id: 8, name: "sbom.spdx.json" }, { id: 9, name: "by-hand.txt" }] })]);
    expect(did(ran)).toEqual(["DELETE /repos/acme/shop/releases/assets/8", "POST /uploads?name=sbom.spdx.json"]);
  });

  it("does not call a prerelease the latest", async () => {
    const ran = await finished([], { PRERELEASE: "true", TAG: "v1.2.0-rc.1" });
    expect(ran.requests.at(-1)?.body).toMatchObject({ prerelease: true, make_latest: "false" });
  });

  it.each(["v1.2.0/../x", "$(touch pwned)", "v1.2.0\nX=1"])("refuses the tag %j", async (TAG) => {
    const ran = await finished([], { TAG });
    expect(ran).toMatchObject({ code: 1, requests: [] });
  });
});
