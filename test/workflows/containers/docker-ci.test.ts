import { OptionProblem } from "../../../components/workflows/kit/index.ts";
import type { RepositoryService } from "../../../components/workflows/kit/index.ts";
import { scriptRoom } from "../script-room.ts";
import { documentOf, job, step, stepNames } from "./documents.ts";

const service = (name: string): RepositoryService => ({ namespace: "cortex", image: `ghcr.io/acme/cortex-${name}`, strategy: "canary", stages: [] });
const changes = { name: "cortex", visibility: "private" as const, services: { mcp: service("mcp"), core: service("core") } };
const options = {
  services: [
    { name: "mcp", dockerfile: "packages/mcp-server/Dockerfile" },
    { name: "core", dockerfile: "Dockerfile", context: "core", paths: ["core/**", "!core/docs/**"] },
  ],
};
const document = documentOf("dockerCi", options, changes);

describe("docker-ci", () => {
  it("runs for pull requests, the merge queue and main, without a filter that would leave a required check waiting", () => {
    expect(document.on).toEqual({
      push: { branches: ["main"] },
      pull_request: { branches: ["main"] },
      merge_group: null,
      workflow_dispatch: { inputs: { publish: { description: "Publish the images of the default branch", type: "boolean", default: false } } },
    });
  });

  it("ends in one check that waits for all others but the publication", () => {
    expect(Object.keys(document.jobs)).toEqual(["detect-changes", "lint", "build", "compose", "publish", "docker-ci"]);
    expect(job(document, "docker-ci")).toMatchObject({ name: "docker-ci", needs: ["detect-changes", "lint", "build", "compose"], if: "${{ always() }}" });
  });

  it("lints every touched Dockerfile and shows the findings", () => {
    expect(step(document, "lint", "Lint the Dockerfile").with).toEqual({ dockerfile: "${{ matrix.service.dockerfile }}", "failure-threshold": "warning", format: "sarif", "output-file": "hadolint.sarif" });
    expect(job(document, "lint").permissions).toEqual({ actions: "read", contents: "read", "security-events": "write" });
  });

  it("scans and lists what it built, then builds for both platforms from the same cache", () => {
    expect(stepNames(document, "build").slice(3)).toEqual(["Build for this machine", "Scan the image", "Show the findings under Security", "List what is in the image", "Keep the list", "Build for all platforms"]);
    expect(step(document, "build", "Scan the image").with).toMatchObject({ severity: "CRITICAL,HIGH", format: "sarif", "exit-code": "0" });
    expect(step(document, "build", "Build for all platforms").with).toMatchObject({ platforms: "linux/amd64,linux/arm64", "cache-from": "type=gha,scope=${{ matrix.service.name }}", "cache-to": "type=gha,scope=${{ matrix.service.name }},mode=max" });
  });

  it("publishes by hand from the default branch alone, under the names that the stack deploys, and from no cache", () => {
    const { if: condition, needs, strategy, permissions, steps } = job(document, "publish");
    expect(condition).toBe("${{ github.event_name == 'workflow_dispatch' && inputs.publish && github.ref == 'refs/heads/main' }}");
    expect(needs).toEqual(["lint", "build", "compose"]);
    expect(strategy?.matrix).toEqual({
      service: [
        { name: "mcp", dockerfile: "packages/mcp-server/Dockerfile", context: ".", image: "ghcr.io/acme/cortex-mcp" },
        { name: "core", dockerfile: "Dockerfile", context: "core", image: "ghcr.io/acme/cortex-core" },
      ],
    });
    expect(permissions).toEqual({ contents: "read", "id-token": "write", packages: "write" });
    expect(JSON.stringify(steps)).not.toMatch(/type=gha|"cache-binary":true|"cache-image":true/);
  });

  it("validates each compose file and waits for its services", () => {
    expect(job(document, "compose").strategy?.matrix).toEqual({ "compose-file": ["docker-compose.infra.yml", "docker-compose.yml"] });
    expect(job(document, "compose").steps.slice(1).map(({ run, if: condition }) => [run, condition])).toEqual([
      ["docker compose config --quiet", undefined],
      ["docker compose up --detach --wait --wait-timeout 180", undefined],
      ["docker compose ps --all", "${{ !cancelled() }}"],
      ["docker compose logs --no-color --tail 200", "${{ failure() }}"],
      ["docker compose down --volumes", "${{ always() }}"],
    ]);
  });

  it("does without compose, with another check and a stricter scan where the stack says so", () => {
    const other = documentOf("dockerCi", { ...options, composeFiles: [], check: "images", failOnFindings: true, severities: ["CRITICAL"] }, changes);
    expect(Object.keys(other.jobs)).toEqual(["detect-changes", "lint", "build", "publish", "docker-ci"]);
    expect(job(other, "docker-ci").name).toBe("images");
    expect(step(other, "build", "Scan the image").with).toMatchObject({ severity: "CRITICAL", "exit-code": "1" });
  });

  it("refuses a service that is not built from the repository", () => {
    expect(() => documentOf("dockerCi", { services: [{ name: "nobody" }] }, changes)).toThrow(new OptionProblem(["services", "0", "name"], "names nobody, which is not built from this repository", "write one of mcp, core"));
  });
});

describe("select-changed", () => {
  const areas = step(document, "detect-changes", "Select the services").env?.["AREAS"] ?? "";
  const empty = { "packages/mcp-server/Dockerfile": "FROM a", "core/main.c": "", "core/docs/read.md": "", "other.txt": "" };

  async function selected(files: Record<string, string>, base?: (first: string) => string) {
    const room = scriptRoom();
    const git = room.repository();
    const first = git.commit("first", empty);
    git.commit("second", files);
    const ran = await room.run("select-changed.mjs", { AREAS: areas, BASE: (base ?? ((sha) => sha))(first) });
    return { ...ran, room };
  }

  it("gives the matrix the services whose paths a change touches, without the paths", async () => {
    const { outputs } = await selected({ "packages/mcp-server/src/x.ts": "1", "core/docs/read.md": "more" });
    expect(JSON.parse(outputs["selected"] ?? "")).toEqual([{ name: "mcp", dockerfile: "packages/mcp-server/Dockerfile", context: ".", image: "ghcr.io/acme/cortex-mcp" }]);
    expect(outputs).toMatchObject({ names: '["mcp"]', any: "true" });
  });

  it("takes a new version of a dependency for a change of what reads the whole repository", async () => {
    expect((await selected({ "package-lock.json": "{}" })).outputs["names"]).toBe('["mcp"]');
    expect((await selected({ "docker-compose.yml": "", "README.md": "", "packages/other/package.json": "" })).outputs["names"]).toBe("[]");
  });

  it("gives nothing for a change of something else", async () => {
    expect((await selected({ "other.txt": "more" })).outputs).toEqual({ selected: "[]", names: "[]", any: "false" });
  });

  it("gives all of them for a change of the workflow, for a run by hand and for a new branch", async () => {
    for (const { outputs } of [await selected({ ".github/workflows/docker-ci.yml": "" }), await selected({}, () => ""), await selected({}, () => "0".repeat(40))]) expect(outputs["names"]).toBe('["mcp","core"]');
  });

  it("sees a removed and a renamed file at its old place", async () => {
    const room = scriptRoom();
    const git = room.repository();
    const first = git.commit("first", empty);
    git.git("mv", "core/main.c", "away.c");
    git.commit("second");
    expect((await room.run("select-changed.mjs", { AREAS: areas, BASE: first })).outputs["names"]).toBe('["core"]');
  });

  it("compares with where the branch began, not with what main became", async () => {
    const room = scriptRoom();
    const git = room.repository();
    git.commit("first", empty);
    git.git("checkout", "-q", "-b", "topic");
    git.commit("mine", { "packages/mcp-server/a": "" });
    git.git("checkout", "-q", "main");
    const main = git.commit("theirs", { "core/b": "" });
    git.git("checkout", "-q", "topic");
    expect((await room.run("select-changed.mjs", { AREAS: areas, BASE: main })).outputs["names"]).toBe('["mcp"]');
  });

  it("takes names of files as names, whatever is in them", async () => {
    const { code, outputs, stdout, room } = await selected({ "core/$(touch pwned)": "", "core/a\n::error::b": "", "core/ü `x`": "" });
    expect([code, outputs["names"], room.exists("pwned")]).toEqual([0, '["core"]', false]);
    expect(stdout).toBe("touched: core\n");
  });

  it("refuses a base that is no commit", async () => {
    const { code, stderr } = await selected({}, () => "--output=pwned");
    expect([code, stderr]).toEqual([1, '::error::BASE: is not a commit, got "--output=pwned"; run it by hand, which checks everything\n']);
  });
});

describe("check-results", () => {
  const check = (results: Record<string, string>) => scriptRoom().run("check-results.mjs", { NEEDS: JSON.stringify(Object.fromEntries(Object.entries(results).map(([name, result]) => [name, { result, outputs: {} }]))) });

  it("passes where jobs passed or had nothing to do", async () => {
    expect(await check({ lint: "success", build: "skipped" })).toMatchObject({ code: 0, stdout: "lint: success\nbuild: skipped\n" });
  });

  it.each(["failure", "cancelled"])("fails where one ended with %s", async (result) => {
    expect(await check({ lint: "success", build: result })).toMatchObject({ code: 1, stderr: `::error::build: ${result}\n` });
  });
});
