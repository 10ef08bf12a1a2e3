import { parse } from "yaml";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import { semanticRelease } from "../../../components/workflows/verification/semantic-release.ts";
import { semanticRelease as schema } from "../../../settings/schema/workflows/semantic-release.ts";
import { repository } from "../repository.ts";

function made(options: object) {
  const { workflows, files } = semanticRelease(schema.parse(options), repository());
  const [workflow] = workflows;
  return { files: files ?? {}, file: workflow?.file, workflow: workflow && parse(renderWorkflow(workflow)), config: JSON.parse(files?.[".releaserc.json"] ?? "") };
}

describe("semanticRelease", () => {
  it("releases from main, and prereleases from develop and alpha", () => {
    const { file, workflow, config } = made({});
    expect(file).toBe("semantic-release.yml");
    expect(workflow.on).toEqual({ push: { branches: ["main", "develop", "alpha"] }, workflow_dispatch: null });
    expect(workflow.concurrency["cancel-in-progress"]).toBe(false);
    expect(config.branches).toEqual(["main", { name: "develop", prerelease: "beta" }, { name: "alpha", prerelease: "alpha" }]);
    expect(config.tagFormat).toBe("v${version}");
  });

  it("runs the plugins in the order in which they prepare a release, and commits what they wrote", () => {
    const { config } = made({ prepare: "echo ${nextRelease.version} > VERSION", assets: [{ path: "docker-compose.yml", label: "Docker Compose" }] });
    expect(config.plugins.map(([name]: [string]) => name)).toEqual([
      "@semantic-release/commit-analyzer",
      "@semantic-release/release-notes-generator",
      "@semantic-release/changelog",
      "@semantic-release/exec",
      "@semantic-release/git",
      "@semantic-release/github",
    ]);
    const options = Object.fromEntries(config.plugins);
    expect(options["@semantic-release/exec"].prepareCmd).toBe("echo ${nextRelease.version} > VERSION");
    expect(options["@semantic-release/git"]).toEqual({
      assets: ["CHANGELOG.md", "VERSION"],
      message: "chore(release): ${nextRelease.version} [skip ci]\n\n${nextRelease.notes}",
    });
    expect(options["@semantic-release/github"]).toMatchObject({ assets: [{ path: "docker-compose.yml", label: "Docker Compose" }] });
  });

  it("raises minor for feat, patch for fix and perf, major for a breaking change, and nothing for what the settings leave out", () => {
    const rules = (options: object) => Object.fromEntries(made(options).config.plugins)["@semantic-release/commit-analyzer"].releaseRules;
    expect(rules({})).toEqual([
      { breaking: true, release: "major" },
      { type: "feat", release: "minor" },
      { type: "fix", release: "patch" },
      { type: "perf", release: "patch" },
    ]);
    expect(rules({ bumps: { feat: "minor", docs: "patch" } })).toEqual([
      { breaking: true, release: "major" },
      { type: "feat", release: "minor" },
      { type: "docs", release: "patch" },
      { type: "fix", release: false },
      { type: "perf", release: false },
    ]);
  });

  it("installs its tools from a lock that has a checksum for each, and runs no install script of theirs", () => {
    const { workflow, files } = made({});
    expect(workflow.jobs.release.steps.find(({ name }: { name: string }) => name === "Install semantic-release")).toEqual({
      name: "Install semantic-release",
      "working-directory": ".github/release-tools",
      run: "npm ci --ignore-scripts --no-audit --no-fund",
    });
    const { dependencies } = JSON.parse(files[".github/release-tools/package.json"] ?? "");
    const { packages } = JSON.parse(files[".github/release-tools/package-lock.json"] ?? "");
    for (const [name, version] of Object.entries(dependencies)) expect(packages[`node_modules/${name}`].version).toBe(version);
    const without = Object.entries<{ integrity?: string; inBundle?: boolean }>(packages).filter(([path, { integrity, inBundle }]) => path !== "" && !integrity && !inBundle);
    expect(without).toEqual([]);
  });

  it("makes no commit and no changelog file where nothing is to be committed", () => {
    const { config } = made({ commit: [] });
    expect(config.plugins.map(([name]: [string]) => name)).not.toContain("@semantic-release/git");
    expect(config.plugins.map(([name]: [string]) => name)).not.toContain("@semantic-release/changelog");
  });

  it("starts the next workflows only after a release, and only that job may start workflows", () => {
    const { workflow } = made({
      next: [
        { workflow: "docker-build.yml" },
        { workflow: "release-verification.yml", on: "default-branch", versionInput: "version_to_verify" },
      ],
    });
    const { next, release } = workflow.jobs;
    expect(next.needs).toEqual(["release"]);
    expect(next.if).toBe("!cancelled() && needs.release.outputs.new_release_published == 'true'");
    expect(next.permissions).toEqual({ actions: "write", contents: "read" });
    expect(release.permissions).toEqual({ contents: "write", issues: "write", "pull-requests": "write" });
    expect(next.steps.slice(1).map(({ env }: { env: object }) => env)).toEqual([
      { GITHUB_TOKEN: "${{ github.token }}", WORKFLOW: "docker-build.yml", REF: "${{ needs.release.outputs.new_release_tag }}" },
      {
        GITHUB_TOKEN: "${{ github.token }}",
        WORKFLOW: "release-verification.yml",
        REF: "main",
        INPUT: "version_to_verify",
        VALUE: "${{ needs.release.outputs.new_release_version }}",
      },
    ]);
    expect(made({}).workflow.jobs.next).toBeUndefined();
  });

  it("publishes the tag's package with the environment's approvals, and starts what follows once it is out", () => {
    const { package: built, publish, next } = made({ pypi: { environment: "production" }, next: [{ workflow: "release-verification.yml" }] }).workflow.jobs;
    expect(built.steps[0].with).toMatchObject({ ref: "refs/tags/${{ needs.release.outputs.new_release_tag }}", "fetch-depth": 0 });
    expect(built.permissions).toEqual({ contents: "read" });
    expect(publish).toMatchObject({ needs: ["release", "package"], if: "!cancelled() && needs.package.result == 'success'", permissions: { "id-token": "write" } });
    expect(publish.environment).toMatchObject({ name: "production" });
    expect(next).toMatchObject({ needs: ["release", "publish"], if: "!cancelled() && needs.publish.result == 'success'" });
  });

  it("gives the job's own token nothing but reading where a secret releases", () => {
    const { release } = made({ token: "RELEASE_TOKEN", file: "release.yml" }).workflow.jobs;
    expect(release.permissions).toEqual({ contents: "read" });
    expect(release.steps.at(-1).env).toEqual({ GITHUB_TOKEN: "${{ secrets.RELEASE_TOKEN }}" });
  });

  it("refuses branches of which none, or more than three, make releases", () => {
    expect(() => schema.parse({ branches: [{ name: "develop", prerelease: "beta" }] })).toThrow("has no branch for releases; leave prerelease out of one to three branches");
  });
});
