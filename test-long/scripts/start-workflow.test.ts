import { scriptRoom, serve } from "../../test/workflows/script-room.ts";

const env = { WORKFLOW: "release-verification.yml", REF: "main", INPUT: "version_to_verify", VALUE: "1.2.3-beta.1", GITHUB_TOKEN: "t" };

describe("start-workflow.mjs", () => {
  it("starts a workflow on a branch or tag with the version", async () => {
    const github = await serve(() => ({ status: 204 }));
    const run = (changes: Record<string, string>) => scriptRoom().run("start-workflow.mjs", { ...env, GITHUB_API_URL: github.url, ...changes });
    expect((await run({})).summary).toBe("Started release-verification.yml on main with version&#95;to&#95;verify=1.2.3-beta.1.\n");
    expect((await run({ WORKFLOW: "docker-build.yml", REF: "v1.2.3", INPUT: "" })).code).toBe(0);
    expect(github.requests.map(({ path, body }) => [path, body])).toEqual([
      ["/repos/acme/shop/actions/workflows/release-verification.yml/dispatches", { ref: "main", inputs: { version_to_verify: "1.2.3-beta.1" } }],
      ["/repos/acme/shop/actions/workflows/docker-build.yml/dispatches", { ref: "v1.2.3", inputs: {} }],
    ]);
  });

  it("says what GitHub refused", async () => {
    const github = await serve(() => ({ status: 422, body: { message: "Workflow does not have 'workflow_dispatch' trigger" } }));
    const { code, stderr } = await scriptRoom().run("start-workflow.mjs", { ...env, GITHUB_API_URL: github.url });
    expect([code, stderr.split("\n").length]).toEqual([1, 2]);
    expect(stderr).toContain("::error::release-verification.yml was not started on main: ");
    expect(stderr).toContain("answered 422");
  });

  it.each([["WORKFLOW", "../../x.yml"], ["REF", "--upload-pack=touch pwned"], ["REF", "main\n::error::forged"], ["VALUE", "1.2.3; touch pwned"], ["INPUT", "a b"]])("refuses the %s %j", async (name, value) => {
    const github = await serve(() => ({ status: 204 }));
    const { code, stderr } = await scriptRoom().run("start-workflow.mjs", { ...env, [name]: value, GITHUB_API_URL: github.url });
    expect([code, stderr.startsWith(`::error::${name}: is not `), stderr.split("\n").length, github.requests]).toEqual([1, true, 2, []]);
  });
});
