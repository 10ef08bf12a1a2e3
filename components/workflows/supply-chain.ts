import { pinned } from "./kit/index.ts";
import type { Repository, Step } from "./kit/index.ts";

/** An image that was pushed. */
export interface PushedImage {
  /** Without tag and digest: `ghcr.io/acme/shop`. */
  name: string;
  /** Expression for what the registry answered: `${{ steps.build.outputs.digest }}`. A tag may move between push and signature. */
  digest: string;
}

const ISSUER = "https://token.actions.githubusercontent.com";

export function installCosign(): Step {
  return { name: "Install cosign", uses: pinned("sigstore/cosign-installer") };
}

/** Signs an image with the identity of this workflow and checks the signature as users will; wants cosign and a login at the registry. */
export function signImage({ name, digest }: PushedImage): Step[] {
  const image = `${name}@${digest}`;
  return [
    {
      name: "Sign the image",
      env: { IMAGE: image },
      run: 'cosign sign --yes --recursive "$IMAGE"',
      grants: { "id-token": ["write", "sign with this workflow's identity"], packages: ["write", "store the signature"] },
    },
    {
      name: "Verify the signature",
      env: { IMAGE: image, IDENTITY: "${{ github.server_url }}/${{ github.workflow_ref }}" },
      run: `cosign verify --certificate-identity "$IDENTITY" --certificate-oidc-issuer ${ISSUER} "$IMAGE"`,
    },
  ];
}

/** Lists what is in an image, as SPDX; the image as the registry or this machine knows it. */
export function imageSbom(image: string, file: string): Step {
  return { name: "List what is in the image", uses: pinned("anchore/sbom-action"), with: { image, ...spdx(file) } };
}

/** Lists what is in a folder, as SPDX. */
export function folderSbom(file: string, path = "."): Step {
  return { name: "List what is in the code", uses: pinned("anchore/sbom-action"), with: { path, ...spdx(file) } };
}

function spdx(file: string): Record<string, string | boolean> {
  return { format: "spdx-json", "output-file": file, "upload-artifact": false, "upload-release-assets": false };
}

/**
 * Attests the list to the image. GitHub keeps attestations of public repositories for everybody; for others it asks for
 * Enterprise Cloud, so there cosign puts them beside the image.
 */
export function attestSbom({ name, digest }: PushedImage, file: string, { visibility }: Pick<Repository, "visibility">): Step {
  if (visibility !== "public") {
    return {
      name: "Attest the list",
      env: { IMAGE: `${name}@${digest}` },
      run: `cosign attest --yes --type spdxjson --predicate ${file} "$IMAGE"`,
      grants: { "id-token": ["write", "sign with this workflow's identity"], packages: ["write", "store the attestation"] },
    };
  }
  return {
    name: "Attest the list",
    uses: pinned("actions/attest"),
    with: { "subject-name": name, "subject-digest": digest, "sbom-path": file, "push-to-registry": true, "create-storage-record": false },
    grants: { "id-token": ["write", "sign with this workflow's identity"], attestations: ["write", "keep the attestation"], packages: ["write", "store the attestation"] },
  };
}

/** Attests where a file comes from; `gh attestation verify` answers it. Public repositories only, see `attestSbom`. */
export function attestFiles(path: string): Step {
  return {
    name: "Attest where it comes from",
    uses: pinned("actions/attest"),
    with: { "subject-path": path },
    grants: { "id-token": ["write", "sign with this workflow's identity"], attestations: ["write", "keep the attestation"] },
  };
}
