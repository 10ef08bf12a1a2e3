import { checkout, pinned } from "../kit/index.ts";
import type { WorkflowFile } from "../kit/index.ts";

const ARCHIVE = "slipway-source";

/** Makes a release of a tag: the sources, where they came from, and their sum. */
export function releaseWorkflow(): WorkflowFile {
  return {
    file: "release.yml",
    about: "Makes a release of a tag vX.Y.Z: its sources as one archive with their sum, attested, and notes of what was merged.\nThe tag has to be the version in package.json and lie on the default branch.",
    document: {
      name: "Release",
      runName: "Release ${{ github.ref_name }}",
      on: { push: { tags: ["v*.*.*"] } },
      concurrency: "queue",
      jobs: {
        archive: {
          name: "Archive",
          timeoutMinutes: 15,
          steps: [
            checkout({ fetchDepth: 0 }),
            {
              name: "Compare the tag with the version and the branch",
              run: [
                'version="$(node --print \'require("./package.json").version\')"',
                'if [ "v$version" != "$GITHUB_REF_NAME" ]; then echo "::error::package.json has $version; tag v$version"; exit 1; fi',
                'if ! git merge-base --is-ancestor "$GITHUB_SHA" "origin/$DEFAULT_BRANCH"; then echo "::error::$GITHUB_REF_NAME is not on $DEFAULT_BRANCH; merge it first"; exit 1; fi',
              ].join("\n"),
              env: { DEFAULT_BRANCH: "${{ github.event.repository.default_branch }}" },
            },
            {
              name: "Archive the sources",
              run: 'mkdir release\ngit archive --format tar.gz --prefix "slipway-$GITHUB_REF_NAME/" --output "release/slipway-$GITHUB_REF_NAME.tar.gz" "$GITHUB_SHA"\ncd release\nsha256sum -- *.tar.gz > SHA256SUMS',
            },
            { name: "Keep the archive", uses: pinned("actions/upload-artifact"), with: { name: ARCHIVE, path: "release/", "if-no-files-found": "error", "retention-days": 7 } },
          ],
        },
        publish: {
          name: "Publish",
          needs: ["archive"],
          timeoutMinutes: 15,
          environment: "release",
          steps: [
            { name: "Take the archive", uses: pinned("actions/download-artifact"), with: { name: ARCHIVE, path: "release" } },
            {
              name: "Attest where it came from",
              uses: pinned("actions/attest"),
              with: { "subject-checksums": "release/SHA256SUMS" },
              grants: { "id-token": ["write", "sign the attestation"], attestations: ["write", "store it"] },
            },
            {
              name: "Make the release",
              run: 'gh release create "$GITHUB_REF_NAME" --repo "$GITHUB_REPOSITORY" --verify-tag --generate-notes release/*',
              env: { GH_TOKEN: "${{ github.token }}" },
              grants: { contents: ["write", "make the release"] },
            },
          ],
        },
      },
    },
  };
}
