import { imageTags } from "../../components/images/tags.ts";
import type { ImageEvent } from "../../components/images/tags.ts";
import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import { documentOf, job, step, stepNames } from "../../test/workflows/containers/documents.ts";
import { metadataTags } from "../../test/workflows/containers/metadata-action.ts";

const SHA = "abcd123456789012345678901234567890123456";
const options = { testCommand: ["python", "-c", "import fastmcp; print('imported')"] };
const document = documentOf("dockerBuild", options);

describe("docker-build", () => {
  it("starts for branches, versions and pull requests, and by hand for a release", () => {
    expect(document.on).toEqual({ push: { branches: ["main", "develop"], tags: ["v*"] }, pull_request: { branches: ["main", "develop"] }, workflow_dispatch: null });
    expect(document.permissions).toEqual({});
  });

  it("builds for both platforms with provenance and a list of contents, and without a tag", () => {
    expect(step(document, "build", "Build and push without a tag").with).toEqual({
      context: ".",
      file: "Dockerfile",
      platforms: "linux/amd64,linux/arm64",
      labels: "${{ steps.names.outputs.labels }}",
      outputs: "type=image,name=ghcr.io/acme/shop,push-by-digest=true,name-canonical=true,push=${{ env.PUSH }}",
      provenance: "mode=max",
      sbom: true,
      "cache-from": "${{ !startsWith(github.ref, 'refs/tags/') && 'type=gha' || '' }}",
      "cache-to": "${{ !startsWith(github.ref, 'refs/tags/') && 'type=gha,mode=max' || '' }}",
    });
  });

  it("runs the image on each platform before it is signed, and signs it before it has a tag", () => {
    expect(job(document, "test").strategy).toEqual({ "fail-fast": false, matrix: { platform: ["linux/amd64", "linux/arm64"] } });
    expect(step(document, "test", "Run the image").run).toBe('docker run --rm --platform "$PLATFORM" "$IMAGE" python -c "import fastmcp; print(\'imported\')"');
    expect(job(document, "publish").needs).toEqual(["build", "test"]);
    expect(stepNames(document, "publish")).toEqual(["Check out the scripts", "Log in at GHCR", "Install cosign", "Sign the image", "Verify the signature", "Give it its tags"]);
  });

  it("gives each job what its steps need and no more", () => {
    expect(Object.entries(document.jobs).map(([id, { permissions }]) => [id, permissions])).toEqual([
      ["build", { contents: "read", packages: "write" }],
      ["test", { packages: "read" }],
      ["publish", { contents: "read", "id-token": "write", packages: "write" }],
    ]);
  });

  it("builds another service with other platforms where the stack says so", () => {
    const other = documentOf("dockerBuild", { ...options, service: "api", platforms: ["linux/arm64"] }, { services: { api: { namespace: "shop", image: "ghcr.io/acme/shop-api", strategy: "direct", stages: [] }, web: { namespace: "shop", image: "ghcr.io/acme/web", strategy: "direct", stages: [] } } });
    expect(step(other, "build", "Name the image").with?.["images"]).toBe("ghcr.io/acme/shop-api");
    expect(job(other, "test").strategy?.matrix).toEqual({ platform: ["linux/arm64"] });
    expect(step(documentOf("dockerBuild", options, { services: {}, owner: "Acme" }), "build", "Name the image").with?.["images"]).toBe("ghcr.io/acme/shop");
  });
});

const events: [string, ImageEvent, string, string[]][] = [
  ["the newest release", { kind: "release", version: "1.2.3", sha: SHA, newest: true }, "refs/tags/v1.2.3", ["v1.0.0", "v1.2.3"]],
  ["a patch of an older line", { kind: "release", version: "1.2.4", sha: SHA, newest: false }, "refs/tags/v1.2.4", ["v2.0.0", "v1.2.4", "v1.2.3"]],
  ["a version 0", { kind: "release", version: "0.2.1", sha: SHA, newest: true }, "refs/tags/v0.2.1", ["v0.2.1", "v0.2.0"]],
  ["a prerelease", { kind: "release", version: "1.3.0-beta.1", sha: SHA, newest: false }, "refs/tags/v1.3.0-beta.1", ["v1.2.3", "v1.3.0-beta.1"]],
  ["the newest release, with a later prerelease", { kind: "release", version: "1.2.3", sha: SHA, newest: true }, "refs/tags/v1.2.3", ["v1.2.3", "v2.0.0-alpha.1"]],
  ["the development branch", { kind: "branch", branch: "develop", sha: SHA }, "refs/heads/develop", ["v1.2.3"]],
  ["a branch with a slash", { kind: "branch", branch: "feature/one two", sha: SHA }, "refs/heads/feature/one two", []],
  ["a pull request", { kind: "pull-request", number: 123, sha: SHA }, "refs/pull/123/merge", []],
];

describe("the tags of docker-build", () => {
  it.each(events)("of %s are those of the stack", async (_, event, ref, tags) => {
    const github = await serve(({ path }) => (path === "/repos/acme/shop/git/matching-refs/tags/v?per_page=100" ? { body: tags.map((tag) => ({ ref: `refs/tags/${tag}` })) } : undefined));
    const { code, outputs, stderr } = await scriptRoom().run("image-version.mjs", { TAG_PREFIX: "v", GITHUB_REF: ref, GITHUB_API_URL: github.url });
    expect([code, stderr]).toEqual([0, ""]);
    const rules = String(step(document, "build", "Name the image").with?.["tags"]).replaceAll(/\$\{\{ steps\.version\.outputs\.(\w+) \}\}/g, (_all, name: string) => outputs[name] ?? "");
    expect(metadataTags(rules, { ref, sha: SHA })).toEqual(imageTags(event));
  });

  it("come from no other rule of the action", () => {
    expect(step(document, "build", "Name the image").with).toMatchObject({ flavor: "latest=false" });
  });
});
