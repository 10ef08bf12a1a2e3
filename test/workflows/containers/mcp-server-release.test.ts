import type { RepositoryService } from "../../../components/workflows/kit/index.ts";
import { metadataTags } from "./metadata-action.ts";
import { documentOf, job, step, stepNames } from "./documents.ts";

const services: Record<string, RepositoryService> = { mcp: { namespace: "cortex", image: "ghcr.io/acme/cortex-mcp", strategy: "canary", stages: [] } };
const options = { service: "mcp" };
const document = documentOf("mcpServerRelease", options, { services, name: "cortex" });

describe("mcp-server-release", () => {
  it("starts for a tag, or by hand for a version", () => {
    expect(document.on).toEqual({ push: { tags: ["mcp-server-v*"] }, workflow_dispatch: { inputs: { version: { description: "Version such as 1.2.3", type: "string", required: true } } } });
    expect(document.concurrency["cancel-in-progress"]).toBe(false);
  });

  it("validates before the environment is asked, and releases after the image is there", () => {
    expect(Object.entries(document.jobs).map(([id, { needs, environment }]) => [id, needs, environment])).toEqual([
      ["validate", undefined, undefined],
      ["publish", ["validate"], { name: "mcp-server-release", url: "https://github.com/acme/cortex/pkgs/container/cortex-mcp" }],
      ["release", ["validate", "publish"], undefined],
    ]);
    expect(stepNames(document, "validate")).toEqual(["Check out", "Read the version", "Set up Node.js", "Run npm ci", "Run npm run build", "Run npm test"]);
  });

  it("gives the image its tags last, after it was tried, signed, checked and listed", () => {
    expect(stepNames(document, "publish").slice(5)).toEqual([
      "Build and push without a tag",
      "Talk to the server",
      "Install cosign",
      "Sign the image",
      "Verify the signature",
      "List what is in the image",
      "Attest the list",
      "Give it its tags",
      "Keep the list",
    ]);
    expect(JSON.stringify(job(document, "publish").steps)).not.toMatch(/type=gha|"cache-binary":true|"cache-image":true/);
  });

  it("verifies the signature against this very workflow", () => {
    const { env, run } = step(document, "publish", "Verify the signature");
    expect(env).toEqual({ IMAGE: "ghcr.io/acme/cortex-mcp@${{ steps.build.outputs.digest }}", IDENTITY: "${{ github.server_url }}/${{ github.workflow_ref }}" });
    expect(run).toBe('cosign verify --certificate-identity "$IDENTITY" --certificate-oidc-issuer https://token.actions.githubusercontent.com "$IMAGE"');
  });

  it("attests with GitHub for a public repository and with cosign for a private one", () => {
    expect(job(document, "publish").permissions).toEqual({ attestations: "write", contents: "read", "id-token": "write", packages: "write" });
    expect(step(document, "publish", "Attest the list").with).toEqual({ "subject-name": "ghcr.io/acme/cortex-mcp", "subject-digest": "${{ steps.build.outputs.digest }}", "sbom-path": "sbom.spdx.json", "push-to-registry": true, "create-storage-record": false });
    const hidden = documentOf("mcpServerRelease", options, { services, visibility: "private" });
    expect(job(hidden, "publish").permissions).toEqual({ contents: "read", "id-token": "write", packages: "write" });
    expect(step(hidden, "publish", "Attest the list").run).toBe('cosign attest --yes --type spdxjson --predicate sbom.spdx.json "$IMAGE"');
  });

  it.each([
    [{ version: "1.2.3", stable: "true", family: "true", newest: "true" }, ["v1.2.3", "v1.2", "v1", "latest", "sha-abcd123"]],
    [{ version: "1.3.0-rc.1", stable: "false", family: "false", newest: "false" }, ["v1.3.0-rc.1", "sha-abcd123"]],
    [{ version: "0.4.0", stable: "true", family: "false", newest: "false" }, ["v0.4.0", "v0.4", "sha-abcd123"]],
  ])("names the image of %j as the stack does, also on a run by hand", (facts: Record<string, string>, tags) => {
    const rules = String(step(document, "publish", "Name the image").with?.["tags"]).replaceAll(/\$\{\{ needs\.validate\.outputs\.(\w+) \}\}/g, (_all, name: string) => facts[name] ?? "");
    expect(metadataTags(rules, { ref: "refs/heads/main", sha: "abcd123".padEnd(40, "0") })).toEqual(tags);
  });

  it("takes another package, environment and checks from the stack", () => {
    const other = documentOf("mcpServerRelease", { ...options, package: "server", tagPrefix: "v", environment: "production", validate: [["make", "check"]], compliance: false, documentation: "https://docs.example.com" }, { services });
    expect(other.on["push"]).toEqual({ tags: ["v*"] });
    expect(job(other, "publish").environment?.name).toBe("production");
    expect(stepNames(other, "validate").at(-1)).toBe("Run make check");
    expect(stepNames(other, "publish")).not.toContain("Talk to the server");
    expect(step(other, "publish", "Build and push without a tag").with?.["file"]).toBe("server/Dockerfile");
    expect(step(other, "release", "Publish the release").env).toMatchObject({ PACKAGE: "server", DOCUMENTATION: "https://docs.example.com", TAG_PREFIX: "v" });
  });
});
