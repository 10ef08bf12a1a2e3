import { parse } from "yaml";
import { release } from "../../../components/workflows/npm/release.ts";
import type { ReleaseOptions } from "../../../components/workflows/npm/release.ts";
import { renderWorkflow, scriptFiles } from "../../../components/workflows/kit/index.ts";
import { npm } from "../../../settings/schema/workflows/npm.ts";
import { repository } from "../repository.ts";

const options = (changes: object = {}): ReleaseOptions => npm.release.parse(changes);
const made = (changes: object = {}, own: Parameters<typeof repository>[0] = {}) => release(options(changes), repository(own));
const workflowOf = (changes: object = {}, own: Parameters<typeof repository>[0] = {}) => made(changes, own).workflows.map((file) => parse(renderWorkflow(file)))[0];
const named = (job: { steps: { name: string }[] }, name: string) => Object(job.steps.find((step) => step.name === name));

describe("release.yml", () => {
  const workflow = workflowOf();
  const { build, release: publish } = workflow.jobs;

  it("builds what main gets and what is tagged, and releases tags alone", () => {
    expect(workflow.on.push).toEqual({ branches: ["main"], tags: ["v*"], paths: ["**.go", "go.mod", "go.sum", ".github/workflows/release.yml"] });
    expect(build.if).toBeUndefined();
    expect(publish).toMatchObject({ needs: ["build"], if: "startsWith(github.ref, 'refs/tags/v')" });
    expect(workflow.concurrency["cancel-in-progress"]).toBe(false);
  });

  it("builds all six platforms at once, cross-compiled", () => {
    expect(build.strategy.matrix.include.map(({ platform, runner }: Record<string, string>) => `${platform} ${runner}`)).toEqual([
      "linux-amd64 ubuntu-24.04",
      "linux-arm64 ubuntu-24.04",
      "macos-amd64 ubuntu-24.04",
      "macos-arm64 ubuntu-24.04",
      "windows-amd64 ubuntu-24.04",
      "windows-arm64 ubuntu-24.04",
    ]);
    expect(named(build, "Build").env.CGO_ENABLED).toBe("0");
  });

  it("builds programs with C code on machines of their own platform", () => {
    const { build: native } = workflowOf({ cgo: true, tags: ["fts5"], platforms: ["linux-arm64", "macos-amd64", "windows-arm64"] }).jobs;
    expect(native.strategy.matrix.include.map(({ runner }: Record<string, string>) => runner)).toEqual(["ubuntu-24.04-arm", "macos-15-intel", "windows-11-arm"]);
    expect(named(native, "Build").env).toMatchObject({ CGO_ENABLED: "1", TAGS: "fts5" });
  });

  it("keys the caches by platform, falls back twice, checks the modules, and lets only main save", () => {
    const key = "go-${{ matrix.platform }}-${{ hashFiles('go.sum') }}-${{ github.sha }}";
    expect(named(build, "Restore Go's caches").with).toEqual({ path: ".cache/go", key, "restore-keys": "go-${{ matrix.platform }}-${{ hashFiles('go.sum') }}-\ngo-${{ matrix.platform }}-" });
    expect(named(build, "Save Go's caches")).toMatchObject({ if: "github.ref == 'refs/heads/main'", with: { path: ".cache/go", key } });
    const order = build.steps.map(({ name }: { name: string }) => name);
    expect(order).toEqual(["Check out", "Set up Go", "Restore Go's caches", "Check the modules against go.sum", "Build", "Verify the program", "Keep the program", "Save Go's caches"]);
    expect(named(build, "Set up Go").with.cache).toBe(false);
  });

  it("compresses what it keeps, under a name of its own for each platform", () => {
    expect(named(build, "Keep the program").with).toMatchObject({ name: "binary-${{ matrix.platform }}", "compression-level": 9, "if-no-files-found": "error" });
  });

  it("signs, verifies as users will, attests, and publishes last", () => {
    expect(publish.steps.map(({ name }: { name: string }) => name).slice(2)).toEqual(["Sum and sign", "Verify as users will", "Attest where it comes from", "Publish the release"]);
    expect(publish.permissions).toEqual({ attestations: "write", contents: "write", "id-token": "write" });
    expect(build.permissions).toEqual({ contents: "read" });
  });

  it("shows the key to the step that signs and to no other", () => {
    const holders = publish.steps.filter((step: object) => JSON.stringify(step).includes("GPG_PRIVATE_KEY"));
    expect(holders).toMatchObject([{ name: "Sum and sign", env: { TAG: "${{ github.ref_name }}", GPG_PRIVATE_KEY: "${{ secrets.GPG_PRIVATE_KEY }}" } }]);
    expect(JSON.stringify(build)).not.toContain("secrets.");
    const passphrase = named(workflowOf({ signing: { key: "KEY", passphrase: "PASS" } }).jobs.release, "Sum and sign").env;
    expect(passphrase).toMatchObject({ GPG_PRIVATE_KEY: "${{ secrets.KEY }}", GPG_PASSPHRASE: "${{ secrets.PASS }}" });
  });

  it("delivers both verify scripts", () => {
    const files = made().workflows.flatMap(({ document }) => Object.keys(scriptFiles(document)));
    expect(files).toEqual(expect.arrayContaining([".github/scripts/verify.sh", ".github/scripts/verify.ps1", ".github/scripts/sign-release.sh"]));
  });

  it("attests nothing for a private repository, where GitHub keeps no attestation", () => {
    expect(workflowOf({}, { visibility: "private" }).jobs.release.permissions).toEqual({ contents: "write" });
  });

  it("starts on the tag what GITHUB_TOKEN's release would not, and says whose files those are", () => {
    const pipeline = made({ next: ["npm-publish.yml", "update-homebrew.yml"] });
    const [{ jobs } = { jobs: {} }] = pipeline.workflows.map((file) => parse(renderWorkflow(file)));
    expect(pipeline.requires).toEqual(["npmPublish", "updateHomebrew"]);
    expect(jobs.next.needs).toEqual(["release"]);
    expect(jobs.next.steps.slice(1).map(({ env }: { env: Record<string, string> }) => `${env["WORKFLOW"]} ${env["REF"]}`)).toEqual(["npm-publish.yml ${{ github.ref_name }}", "update-homebrew.yml ${{ github.ref_name }}"]);
    expect(Object.keys(workflow.jobs)).toEqual(["build", "release"]);
  });

  it("names the program and its source after the repository, unless it is told", () => {
    expect(named(build, "Build").env).toMatchObject({ PROGRAM: "shop", SOURCE: "./cmd/shop" });
    expect(named(workflowOf({ program: "till", source: "." }).jobs.build, "Build").env).toMatchObject({ PROGRAM: "till", SOURCE: "." });
  });
});
