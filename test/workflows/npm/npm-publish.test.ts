import { createHash } from "node:crypto";
import { parse } from "yaml";
import { npmPublish } from "../../../components/workflows/npm/npm-publish.ts";
import { prepareNpmPackage } from "../../../components/workflows/npm/prepare-npm-package.ts";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import { npm } from "../../../settings/schema/workflows/npm.ts";
import { repository } from "../repository.ts";
import { scriptRoom, serve } from "../script-room.ts";
import type { Ran, Server } from "../script-room.ts";

const workflowOf = (changes: object = {}, own: Parameters<typeof repository>[0] = {}) =>
  npmPublish(npm.npmPublish.parse({ package: "@acme/tool", program: "tool", ...changes }), repository(own)).workflows.map((file) => parse(renderWorkflow(file)))[0];
const stepNames = (job: { steps: { name: string }[] }) => job.steps.map(({ name }) => name);

describe("npm-publish.yml", () => {
  const { on, jobs } = workflowOf({ mcpServer: ["--mcp"] });

  it("runs for published releases and by hand, for stable versions alone", () => {
    expect(on).toEqual({ release: { types: ["published"] }, workflow_dispatch: null });
    expect([jobs.test.if, jobs.package.if]).toEqual(Array(2).fill("startsWith(github.ref, 'refs/tags/v') && !contains(github.ref_name, '-')"));
  });

  it("publishes only after tests, races, benchmarks, programs and protocol", () => {
    expect(jobs.publish.needs).toEqual(["test", "package", "validate"]);
    expect(jobs.publish.if).toBeUndefined();
    expect(jobs.test.steps.slice(2).map(({ run }: { run: string }) => run)).toEqual(["go test -shuffle=on ./...", "go test -race -shuffle=on ./...", "go test -run='^$' -bench=. -benchmem ./..."]);
    expect(stepNames(jobs.validate)).toEqual(["Check out the scripts", "Get the programs", "Compare them with the release", "Make the program executable", "Check the MCP protocol"]);
    expect(JSON.parse(jobs.validate.steps[4].env.SERVER)).toEqual(["./binaries/tool-linux-amd64", "--mcp"]);
  });

  it("takes the package from the workflow that bundles the programs, built without a cache", () => {
    expect(jobs.package).toMatchObject({ uses: "./.github/workflows/prepare-npm-package.yml", with: { version: "${{ github.ref_name }}" }, permissions: { contents: "read" } });
    const prepare = prepareNpmPackage(npm.prepareNpmPackage.parse({ program: "tool" }), repository()).workflows.map((file) => parse(renderWorkflow(file)))[0];
    expect(JSON.stringify(prepare)).not.toContain("actions/cache");
    expect(stepNames(prepare.jobs.build)).toEqual(["Check out", "Set up Go", "Check the modules against go.sum", "Build", "Verify the program", "Keep the program"]);
    expect(stepNames(prepare.jobs.package).slice(3)).toEqual(["Pack the programs", "Install it and run it", "Keep the package"]);
    expect(prepare.on.workflow_call.outputs.version.value).toBe("${{ jobs.package.outputs.version }}");
  });

  it("publishes in the channel's environment, with provenance, and shows the token to that step alone", () => {
    const step = jobs.publish.steps.at(-1);
    expect(jobs.publish.environment).toEqual({ name: "latest", url: "https://www.npmjs.com/package/@acme/tool/v/${{ needs.package.outputs.version }}" });
    expect(jobs.publish.permissions).toEqual({ contents: "read", "id-token": "write" });
    expect(step.env).toMatchObject({ NODE_AUTH_TOKEN: "${{ secrets.NPM_TOKEN }}", NPM_CONFIG_PROVENANCE: true, NPM_CONFIG_ACCESS: "public", CHANNEL: "latest" });
    expect(JSON.stringify(jobs).split("secrets.").length).toBe(2);
  });

  it("signs no provenance where npm takes none", () => {
    const { publish } = workflowOf({}, { visibility: "private" }).jobs;
    expect(publish.permissions).toEqual({ contents: "read" });
    expect(publish.steps.at(-1).env).not.toHaveProperty("NPM_CONFIG_PROVENANCE");
  });

  it("has nothing to validate where the program is no server and may differ", () => {
    const plain = workflowOf({ reproducible: false }).jobs;
    expect(Object.keys(plain)).toEqual(["test", "package", "publish"]);
    expect(plain.publish.needs).toEqual(["test", "package"]);
  });
});

const TARBALL = "acme-tool-1.2.3.tgz";
const sha = (algorithm: string, encoding: "hex" | "base64", text = "packed"): string => createHash(algorithm).update(text).digest(encoding);

/** A room with a packed package, a registry that knows some versions, and an npm that notes what it is asked. */
async function publish(versions: object, env: Record<string, string> = {}, sum = sha("sha256", "hex")): Promise<Ran & { called: string; registry: Server }> {
  const made = scriptRoom();
  made.write(`package/${TARBALL}`, "packed");
  made.write("package/SHA256SUMS", `${sum}  ${TARBALL}\n`);
  made.program("npm", `printf '%s\\n' "$@" >"${made.path("called")}"`);
  const registry = await serve(() => (Object.keys(versions).length === 0 ? undefined : { body: { "dist-tags": {}, versions } }));
  const ran = await made.run("publish-npm.mjs", { PACKAGE: "@acme/tool", VERSION: "1.2.3", CHANNEL: "latest", FOLDER: "package", NPM_CONFIG_REGISTRY: registry.url, NODE_AUTH_TOKEN: "t0ken", ...env });
  return { ...ran, registry, called: made.exists("called") ? made.read("called") : "" };
}

describe("publishing the package", () => {
  it("gives the packed file to npm for its channel, and no token on the way", async () => {
    const { code, called, registry, stdout, stderr } = await publish({});
    expect(code).toBe(0);
    expect(called.split("\n").slice(0, 5)).toEqual(["publish", expect.stringMatching(/^\/.*\/work\/package\/acme-tool-1\.2\.3\.tgz$/), "--tag", "latest", "--ignore-scripts"]);
    expect(called + stdout + stderr).not.toContain("t0ken");
    expect(registry.calls()).toEqual(["GET /@acme%2Ftool"]);
  });

  it("finds its own package when it runs again", async () => {
    expect(await publish({ "1.2.3": { dist: { integrity: `sha512-${sha("sha512", "base64")}` } } })).toMatchObject({ code: 0, called: "" });
  });

  it("says so where another package has the version", async () => {
    const { code, called, stderr } = await publish({ "1.2.3": { dist: { integrity: `sha512-${sha("sha512", "base64", "other")}` } } });
    expect({ code, called, stderr }).toEqual({ code: 1, called: "", stderr: "::error::@acme/tool@1.2.3: is published already, and is another package; release a new version\n" });
  });

  it("publishes nothing that changed after it was packed", async () => {
    const { code, called, stderr } = await publish({}, {}, "0".repeat(64));
    expect({ code, called, stderr }).toEqual({ code: 1, called: "", stderr: `::error::${TARBALL}: is not what was packed; run the whole workflow again\n` });
  });

  it.each([["VERSION", "1.2.3 --tag=x"], ["CHANNEL", "--registry=http://x"], ["PACKAGE", "../tool"], ["VERSION", "$(touch pwned)"]])("publishes nothing with %s %p", async (name, value) => {
    expect(await publish({}, { [name]: value })).toMatchObject({ code: 1, called: "" });
  });
});

describe("comparing programs with a release", () => {
  async function compare(list: string): Promise<Ran> {
    const made = scriptRoom();
    made.write("binaries/tool-linux-amd64", "program");
    const github = await serve(({ path }) => (path.endsWith("/releases/tags/v1.2.3") ? { body: { assets: [{ id: 3, name: "SHA256SUMS" }] } } : { body: list }));
    return await made.run("compare-checksums.mjs", { GITHUB_API_URL: github.url, TAG: "v1.2.3", FOLDER: "binaries" });
  }

  it("is content with the same bytes", async () => {
    expect(await compare(`${sha("sha256", "hex", "program")}  tool-linux-amd64\n${"0".repeat(64)}  verify.sh\n`)).toMatchObject({ code: 0 });
  });

  it("stops the release of anything else", async () => {
    const { code, stderr } = await compare(`${"0".repeat(64)}  tool-linux-amd64\n`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^::error::tool-linux-amd64: built anew from v1\.2\.3, it is not what the release has; /);
  });

  it("takes half a list for none", async () => {
    const { code, stderr } = await compare(`${sha("sha256", "hex", "program")}  tool-linux-amd64\n<html>\n`);
    expect(code).toBe(1);
    expect(stderr).toContain('SHA256SUMS: has a line that is no checksum, got "<html>"');
  });
});
