// Marks the releases on GitHub and opens the incident, or brings both up to date when the rollback runs again.
import { input, optional, summary } from "./lib/actions.mjs";
import { upsertIssue } from "./lib/github.mjs";
import { plain, table } from "./lib/markdown.mjs";
import { noteRelease, releaseOf } from "./lib/release-note.mjs";
import { rollbackInput } from "./lib/rollback-input.mjs";

const { name, channel, rollback, restore, reason } = rollbackInput();
const applied = input("APPLIED", /^(success|failure|cancelled|skipped)$/, "the result of a job");
const verified = input("VERIFIED", /^(success|failure|cancelled|skipped)$/, "the result of a job");
const elsewhere = optional("ELSEWHERE").split(",").filter((tag) => tag !== "");
const run = `${process.env.GITHUB_SERVER_URL}/${process.env.GITHUB_REPOSITORY}/actions/runs/${process.env.GITHUB_RUN_ID}`;

const isMarked = applied === "success" && (await markReleases());
const { html_url: address } = await upsertIssue({
  marker: `rollback of ${name} ${rollback} in ${channel}`,
  title: `Rollback of ${name} ${rollback} to ${restore} in ${channel}`,
  body: body(),
  labels: [input("LABEL", /^[^,\p{Cc}]{1,50}$/u, "the name of a label")],
});
summary(`The incident is ${address}.`);

/** Whether the version taken back has a release; nobody may find it as the newest one any more. */
async function markReleases() {
  const [bad, good] = [await releaseOf(rollback), await releaseOf(restore)];
  const isLatest = channel === "latest";
  const note = `**Rolled back** from channel ${channel} in favour of ${restore}: ${plain(reason)}.`;
  if (bad) await noteRelease(bad, { marker: `rollback ${channel}`, note, ...(isLatest && { prerelease: true, make_latest: "false" }) });
  if (good && isLatest) await noteRelease(good, { marker: "restored latest", note: `Restored in channel latest in place of ${rollback}.`, prerelease: false, make_latest: "true" });
  return bad !== undefined;
}

function body() {
  return [
    `**${plain(reason)}**`,
    "",
    table(["What", "Result"], [
      [`${channel} gives ${restore}, ${rollback} is deprecated`, applied],
      [`Installing ${name}@${channel} gives ${restore}`, verified],
      [`Release of ${rollback} is marked`, isMarked ? "success" : "it has none, or nothing was rolled back"],
    ]),
    "",
    `By ${plain(optional("GITHUB_ACTOR"))} in [this run](${run}).`,
    "",
    ...elsewhere.map((tag) => `- [ ] Channel ${plain(tag)} has ${rollback} too: roll it back there, or say here why not`),
    "- [ ] Find the cause, and write down what users saw and for how long",
    "- [ ] Add a test that would have found it",
    "- [ ] Release the mended version and promote it through canary and beta",
  ].join("\n");
}
