import type { Repository } from "../kit/index.ts";
import { CHANNELS } from "./npm-package.ts";
import type { RollbackReleaseOptions } from "./rollback-release.ts";

/** What people do when a release is bad, with this package's own names in it. */
export function rollbackRunbook({ package: name, registry, token, label, waitMinutes }: RollbackReleaseOptions, { owner, name: repository, environments }: Repository): string {
  const from = /^https:\/\/registry\.npmjs\.org\/?$/.test(registry) ? "" : ` --registry=${registry}`;
  const approvals = CHANNELS.map((channel) => `| \`${channel}\` | \`npm install ${name}@${channel}\` | ${environments[channel]?.approvals ?? "none"} |`);
  return `<!-- Declared by a Slipway stack, which undoes edits made here. -->
# Rollback runbook: ${name}

For whoever finds that a published version of \`${name}\` is bad. Reading it once on a quiet day takes five minutes.

## Is it a rollback?

| What you see | What to do |
|---|---|
| Data loss, a security hole, a crash at start, a broken installation | Roll back now, find the cause later |
| Something is slower or wrong for a few users, and a workaround exists | Mend it and release; roll back if that takes longer than a day |
| A secret was published | Roll back **and** revoke the secret at once: a published version can be downloaded for ever |

A rollback does not remove the version. Whoever has it pinned keeps it, and is warned at the next installation.

## Who approves

| Channel | Who gets it | Approval of its environment |
|---|---|---|
${approvals.join("\n")}

## Roll back

1. See what the channels have, and choose the last version that was good:

   \`\`\`sh
   npm dist-tag ls ${name}${from}
   \`\`\`

2. Start the workflow. The reason is one line that users will read:

   \`\`\`sh
   gh workflow run rollback-release.yml --repo ${owner}/${repository} \\
     -f rollback_version=1.2.3 \\
     -f restore_version=1.2.2 \\
     -f channel=latest \\
     -f reason="Loses memories when the disk is full"
   \`\`\`

3. Have the deployment approved where the table above asks for it.

The workflow refuses what would make things worse: a version that does not exist, a deprecated one to restore, a prerelease
for \`latest\`, a channel that has neither of the two versions. Then it moves the channel, deprecates the bad version, waits up
to ${minutes(waitMinutes)} until an installation gives the restored version, marks the releases on GitHub, and opens an issue
with the label \`${label}\`. It may be run again with the same inputs: what is done is not done twice.

## By hand

When GitHub Actions is down. The token is the one in the secret \`${token}\`; nobody keeps a copy, so make a new one and revoke
it afterwards.

\`\`\`sh
npm dist-tag add ${name}@1.2.2 latest${from}
npm deprecate ${name}@1.2.3 "Rolled back: loses memories when the disk is full. Use 1.2.2."${from}
\`\`\`

Run the workflow as soon as it is there again: it finds both done, and does the rest.

## Verify

\`\`\`sh
npm view ${name} dist-tags${from}
npm view ${name}@1.2.3 deprecated${from}
npm install --prefix "$(mktemp -d)" ${name}@latest${from}
\`\`\`

## Afterwards

1. Write into the incident what users saw, from when to when, and what the cause was.
2. Roll the version back in every other channel that has it; the incident lists them.
3. Mend it, with a test that would have found it, under a new version number: npm never takes a number twice.
4. Promote the mended version through \`canary\` and \`beta\`; \`latest\` last.
5. Close the incident when the list in it is done.
`;
}

function minutes(count: number): string {
  return count === 1 ? "1 minute" : `${count} minutes`;
}
