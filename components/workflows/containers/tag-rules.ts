import { pinned, runScript } from "../kit/index.ts";
import type { Step } from "../kit/index.ts";

interface Versioned {
  /** What stands before the version in a git tag: `v`, `mcp-server-v`. */
  prefix: string;
  /** Expression of the version of a release that has no tag yet. @default the tag that the run is for */
  version?: string;
}

/** Says of a release whether it is stable, whether it is the newest, and whether its major version is one to follow. */
export function versionStep({ prefix, version }: Versioned): Step {
  return runScript("image-version.mjs", {
    name: "Read the version",
    id: "version",
    env: { GITHUB_TOKEN: "${{ github.token }}", TAG_PREFIX: prefix, ...(version !== undefined && { VERSION: version }) },
    grants: { contents: ["read", "list the tags"] },
  });
}

interface Names {
  /** Expression of the version of a release that has no tag yet. @default the git tag that the run is for */
  version?: string;
  /** Context in which the outputs of `versionStep` are. @default steps.version.outputs */
  facts?: string;
}

/** Names of the image by components/images/tags.ts; wants `versionStep` before it. A prerelease moves no tag that others follow. */
export function metadataStep(image: string, { version, facts = "steps.version.outputs" }: Names = {}): Step {
  const value = version === undefined ? "" : `,value=${version}`;
  const where = (fact: string): string => `enable=\${{ ${facts}.${fact} }}`;
  return {
    name: "Name the image",
    id: "names",
    uses: pinned("docker/metadata-action"),
    env: { DOCKER_METADATA_PR_HEAD_SHA: true },
    with: {
      images: image,
      flavor: "latest=false",
      tags: [
        `type=semver,pattern={{version}},prefix=v${value}`,
        `type=semver,pattern={{major}}.{{minor}},prefix=v${value},${where("stable")}`,
        `type=semver,pattern={{major}},prefix=v${value},${where("family")}`,
        `type=raw,value=latest,${where("newest")}`,
        ...(version === undefined ? ["type=ref,event=branch", "type=ref,event=pr"] : []),
        "type=sha",
      ].join("\n"),
    },
  };
}
