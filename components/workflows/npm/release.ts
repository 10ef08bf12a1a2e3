import { checkout, runScript } from "../kit/index.ts";
import type { Environment, Family, Repository, StepsJob } from "../kit/index.ts";
import { attestFiles } from "../supply-chain.ts";
import { SCRIPTS } from "../kit/scripts.ts";
import { buildJob, getBinaries } from "./build-job.ts";
import { familyOf, nextJob } from "./next-job.ts";
import { programOf } from "./tool.ts";
import type { GoTool } from "./tool.ts";

/** Builds a Go program for all platforms and, for a tag, publishes it: checksums, signature, verify scripts, notes. */
export interface ReleaseOptions extends GoTool {
  /** The key that signs SHA256SUMS. */
  signing: {
    /** Secret with the armored private key. */
    key: string;
    /** Secret with its passphrase. @default absent: it has none */
    passphrase?: string | undefined;
  };
  /** Files of the workflows that start on the tag once the release is out; GITHUB_TOKEN's release starts none by itself. */
  next: string[];
}

const TAGGED = "startsWith(github.ref, 'refs/tags/v')";
const FILES = "dist";

export const release: Family<ReleaseOptions> = (options, repository) => ({
  workflows: [
    {
      file: "release.yml",
      about: `Builds ${programOf(options, repository)} for each platform and, for a tag v*, publishes the signed release with what release-drafter noted.\nBuilds of ${repository.defaultBranch} publish nothing: they save the caches, which a tag's run may restore. By hand: run it on the tag.`,
      document: {
        name: "Release",
        on: {
          push: { branches: [repository.defaultBranch], tags: ["v*"], paths: ["**.go", "go.mod", "go.sum", ".github/workflows/release.yml"] },
          workflow_dispatch: {},
        },
        concurrency: "queue",
        jobs: {
          build: buildJob(options, repository, { version: `\${{ ${TAGGED} && github.ref_name || github.sha }}`, cached: true }),
          release: releaseJob(options, repository),
          ...(options.next.length > 0 && { next: nextJob(options.next, { name: "Start what follows", needs: ["release"], ref: "${{ github.ref_name }}" }) }),
        },
      },
    },
  ],
  requires: options.next.map(familyOf),
});

function releaseJob(options: ReleaseOptions, repository: Repository): StepsJob {
  const { signing } = options;
  const program = programOf(options, repository);
  return {
    name: "Release",
    needs: ["build"],
    if: TAGGED,
    timeoutMinutes: 15,
    steps: [
      checkout({ scriptsOnly: true }),
      getBinaries(FILES),
      runScript("sign-release.sh", { name: "Sum and sign", env: { TAG: "${{ github.ref_name }}", ...keys(signing) } }, FILES, ...["sh", "ps1"].map((end) => `${SCRIPTS}/verify.${end}`)),
      { name: "Verify as users will", workingDirectory: FILES, run: `./verify.sh ${program}-*` },
      ...(repository.visibility === "public" ? [attestFiles(`${FILES}/*`)] : []),
      runScript("publish-draft.mjs", {
        name: "Publish the release",
        env: { GITHUB_TOKEN: "${{ github.token }}", TAG: "${{ github.ref_name }}", FOLDER: FILES },
        grants: { contents: ["write", "publish the release"] },
      }),
    ],
  };
}

function keys({ key, passphrase }: ReleaseOptions["signing"]): Environment {
  return { GPG_PRIVATE_KEY: `\${{ secrets.${key} }}`, ...(passphrase !== undefined && { GPG_PASSPHRASE: `\${{ secrets.${passphrase} }}` }) };
}
