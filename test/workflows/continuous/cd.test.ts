import { parse } from "yaml";
import { cd } from "../../../components/workflows/continuous/cd.ts";
import type { CdOptions } from "../../../components/workflows/continuous/cd.ts";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import { continuous } from "../../../settings/schema/workflows/continuous.ts";
import { repository } from "../repository.ts";
import { simulate } from "./simulate.ts";
import type { Results } from "./simulate.ts";

const kubectl = (kubeConfig: string) => ({ kind: "kubectl", kubeConfig, namespace: "shop", workload: "shop", container: "shop", health: { kind: "address", path: "/ready" } });
const options = {
  project: { language: "python", versions: ["3.9", "3.12"], dependencies: { kind: "project" }, source: "shop", coverageMinimum: 70 },
  pypi: { testEnvironment: "testpypi" },
  targets: [
    { environment: "staging", deployment: kubectl("KUBE_CONFIG_STAGING") },
    { environment: "production", deployment: kubectl("KUBE_CONFIG_PRODUCTION"), prereleases: false },
  ],
};

function rendered(changes: object = {}) {
  const [file] = cd(continuous.cd.parse({ ...options, ...changes }) as CdOptions, repository()).workflows;
  return parse(renderWorkflow(file!));
}

const uses = (job: { steps: { uses?: string }[] }): string[] => job.steps.flatMap(({ uses }) => uses?.replace(/@.*/, "") ?? []);

describe("cd", () => {
  it("starts with a tag, with a release, and by hand with an environment", () => {
    const { on } = rendered();
    expect(on.push).toEqual({ tags: ["v*.*.*"] });
    expect(on.release).toEqual({ types: ["published"] });
    expect(on.workflow_dispatch.inputs.environment).toMatchObject({ type: "choice", options: ["staging", "production"], default: "staging", required: true });
  });

  it("publishes to PyPI by trust alone: no secret, and nothing else in the job that has it", () => {
    const { jobs } = rendered();
    expect(jobs.pypi).toMatchObject({ environment: "pypi", permissions: { "id-token": "write" }, needs: ["test-pypi"] });
    expect(jobs["test-pypi"]).toMatchObject({ environment: "testpypi", permissions: { "id-token": "write" }, needs: ["tests", "package"] });
    expect(uses(jobs.pypi)).toEqual(["actions/download-artifact", "pypa/gh-action-pypi-publish"]);
    expect(jobs["test-pypi"].steps[1].with["repository-url"]).toBe("https://test.pypi.org/legacy/");
    expect(JSON.stringify([jobs.pypi, jobs["test-pypi"], jobs.package])).not.toContain("secrets.");
  });

  it("builds for two processors with provenance and a list of what is inside, and signs the digest", () => {
    const { image } = rendered().jobs;
    const build = image.steps.find(({ id = "" }) => id === "build");
    expect(build.with).toMatchObject({ platforms: "linux/amd64,linux/arm64", push: true, provenance: "mode=max", sbom: true });
    expect(image.steps.map(({ name }: { name: string }) => name).slice(-6)).toEqual(["Install cosign", "Sign the image", "Verify the signature", "List what is in the image", "Attest the list", "Keep the list"]);
    expect(image.outputs).toEqual({ reference: "ghcr.io/acme/shop@${{ steps.build.outputs.digest }}" });
    expect(image.permissions).toEqual({ attestations: "write", contents: "read", "id-token": "write", packages: "write" });
  });

  it("takes nothing from a cache, where what is built is published", () => {
    expect(JSON.stringify(rendered())).not.toMatch(/cache-from|cache-to|"cache":(?!false)|enable-cache":true/);
  });

  it("deploys by digest, to staging first and then to production, each with its own cluster", () => {
    const { jobs } = rendered();
    for (const [name, secret, url] of [["staging", "KUBE_CONFIG_STAGING", "https://staging.shop.example.com"], ["production", "KUBE_CONFIG_PRODUCTION", "https://shop.example.com"]]) {
      const job = jobs[`deploy-${name}`];
      expect(job.environment).toEqual({ name, url });
      expect(job.steps[1].env).toMatchObject({
        KUBE_CONFIG: `\${{ secrets.${secret} }}`,
        IMAGE: "${{ needs.image.outputs.reference || needs.existing-image.outputs.reference }}",
        HEALTH_URL: `${url}/ready`,
      });
    }
    expect(jobs["deploy-production"].needs).toEqual(["validate", "image", "existing-image", "pypi", "deploy-staging"]);
  });

  it("attaches the list of the image to the release, last of all", () => {
    const { release } = rendered().jobs;
    expect(release.steps.at(-1)).toMatchObject({ run: "node .github/scripts/finish-release.mjs sbom.spdx.json", env: { TAG: "${{ needs.validate.outputs.tag }}" } });
    expect(release.permissions).toEqual({ contents: "write" });
  });

  it("does without a package where there is none", () => {
    const { jobs } = rendered({ pypi: undefined });
    expect(Object.keys(jobs)).toEqual(["validate", "tests", "image", "existing-image", "deploy-staging", "deploy-production", "release", "announce"]);
    expect(jobs["deploy-staging"].if).not.toContain("pypi");
  });

  it("queues releases and never cancels one", () => {
    expect(rendered().concurrency).toEqual({ group: "${{ github.workflow }}-${{ github.ref }}", "cancel-in-progress": false });
  });
});

describe("a run of cd", () => {
  const { jobs } = rendered();
  const release = { tag: "v1.2.0", prerelease: "false", publish: "true", deploy: "true" };
  const ran = (results: Results): string[] => Object.keys(results).filter((job) => results[job] === "success");

  it("for a release goes through everything", () => {
    expect(ran(simulate(jobs, { outputs: release }))).toEqual(["validate", "tests", "package", "test-pypi", "pypi", "image", "deploy-staging", "deploy-production", "release", "announce"]);
  });

  it("for a prerelease ends at staging, and is released as one", () => {
    const results = simulate(jobs, { outputs: { ...release, prerelease: "true" } });
    expect(results).toMatchObject({ "deploy-staging": "success", "deploy-production": "skipped", release: "success" });
  });

  it("that another run has done already does nothing, and tells nobody", () => {
    expect(ran(simulate(jobs, { outputs: { ...release, publish: "false", deploy: "false" } }))).toEqual(["validate"]);
  });

  it.each(["staging", "production"])("by hand deploys to %s what was released before, and nothing else", (environment) => {
    const outputs = { ...release, publish: "false", deploy: "true" };
    expect(ran(simulate(jobs, { outputs, inputs: { environment } }))).toEqual(["validate", "existing-image", `deploy-${environment}`, "announce"]);
  });

  it.each([
    ["tests", ["package"]],
    ["package", ["tests", "image"]],
    ["test-pypi", ["tests", "package", "image"]],
    ["pypi", ["tests", "package", "test-pypi", "image"]],
    ["image", ["tests", "package", "test-pypi", "pypi"]],
    ["deploy-staging", ["tests", "package", "test-pypi", "pypi", "image"]],
    ["deploy-production", ["tests", "package", "test-pypi", "pypi", "image", "deploy-staging"]],
  ])("ends where %s fails, is ended by its time, or is refused", (job, before) => {
    for (const result of ["failure", "cancelled"] as const) {
      const results = simulate(jobs, { outputs: release, fails: { [job]: result } });
      expect(ran(results)).toEqual(["validate", ...before, "announce"]);
    }
  });
});
