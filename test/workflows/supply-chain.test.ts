import { permissionsOf } from "../../components/workflows/kit/grants.ts";
import type { Step } from "../../components/workflows/kit/index.ts";
import { attestFiles, attestSbom, folderSbom, imageSbom, installCosign, signImage } from "../../components/workflows/supply-chain.ts";

const image = { name: "ghcr.io/acme/shop", digest: "${{ steps.build.outputs.digest }}" };
const granted = (...steps: Step[]) => Object.fromEntries(permissionsOf({ name: "x", timeoutMinutes: 1, steps }).map(({ scope, level }) => [scope, level]));

describe("a signature", () => {
  const [sign, verify] = signImage(image);

  it("is for the digest that was pushed, never for a tag", () => {
    for (const each of [sign, verify]) expect(each?.env?.["IMAGE"]).toBe("ghcr.io/acme/shop@${{ steps.build.outputs.digest }}");
    expect(sign).toMatchObject({ run: 'cosign sign --yes --recursive "$IMAGE"' });
  });

  it("needs the workflow's identity and the registry, and verifying nothing", () => {
    expect(granted(...signImage(image), installCosign())).toEqual({ "id-token": "write", packages: "write" });
    expect(verify?.grants).toBeUndefined();
  });
});

describe("an attestation", () => {
  it("of a public repository is kept by GitHub and beside the image, without a storage record", () => {
    const step = attestSbom(image, "sbom.json", { visibility: "public" });
    expect(step).toMatchObject({ with: { "subject-name": "ghcr.io/acme/shop", "subject-digest": image.digest, "sbom-path": "sbom.json", "push-to-registry": true, "create-storage-record": false } });
    expect(granted(step)).toEqual({ attestations: "write", "id-token": "write", packages: "write" });
  });

  it.each(["private", "internal"] as const)("of a repository that is %s is cosign's, which asks for no plan of GitHub's", (visibility) => {
    const step = attestSbom(image, "sbom.json", { visibility });
    expect(step).toMatchObject({ run: 'cosign attest --yes --type spdxjson --predicate sbom.json "$IMAGE"', env: { IMAGE: `ghcr.io/acme/shop@${image.digest}` } });
    expect(granted(step)).toEqual({ "id-token": "write", packages: "write" });
  });

  it("of files says where they come from", () => {
    expect(attestFiles("dist/*")).toMatchObject({ with: { "subject-path": "dist/*" } });
    expect(granted(attestFiles("dist/*"))).toEqual({ attestations: "write", "id-token": "write" });
  });
});

describe("a list of contents", () => {
  it("is SPDX in a file, and goes nowhere by itself", () => {
    const file = { format: "spdx-json", "output-file": "s.json", "upload-artifact": false, "upload-release-assets": false };
    expect(imageSbom("ghcr.io/acme/shop@sha256:1", "s.json")).toMatchObject({ with: { image: "ghcr.io/acme/shop@sha256:1", ...file } });
    expect(folderSbom("s.json", "src")).toMatchObject({ with: { path: "src", ...file } });
    expect(granted(folderSbom("s.json"))).toEqual({});
  });
});
