// The tracking issue while a rollout goes on. GitHub being away never stops a rollout: it is said once, and the rollout goes on.
import { warn } from "./actions.mjs";
import { api, closeIssue, findIssue, repo, upsertIssue } from "./github.mjs";
import { plain } from "./markdown.mjs";

const PAUSE_MS = 60_000;

async function commentOn(marker, body) {
  const open = await findIssue(marker);
  if (open) await api("POST", `${repo()}/issues/${open.number}/comments`, { body });
}

/** `progress` writes at once where a stage changed, and at most once a minute otherwise; `end` waits until all is written. */
export function trackingIssue({ service, stack, version }, label) {
  const marker = `rollout ${service} ${version} ${stack}`;
  const title = `Rollout of ${service} ${version} (${stack})`;
  if (!process.env.GITHUB_TOKEN) return { progress: () => {}, end: async () => {} };
  let [last, next, refused] = [0, undefined, false];
  let writing = Promise.resolve();

  // The newest state waits for the one that is being written; what lies between is never sent.
  const write = (body) => {
    const waits = next !== undefined;
    next = body;
    if (!waits) writing = writing.then(send);
  };
  const send = async () => {
    const body = next();
    next = undefined;
    await upsertIssue({ marker, title, body, labels: label === "" ? [] : [label] }).catch((error) => {
      if (!refused) warn(`the tracking issue was not written: ${error.message}`);
      refused = true;
    });
  };
  return {
    progress(state, body, important) {
      if (!important && Date.now() - last < PAUSE_MS) return;
      last = Date.now();
      write(body);
    },
    // The body is the newest run's; a comment a run keeps what the ones before came to.
    async end({ phase, weight, reason }, body, runUrl) {
      write(() => body);
      await writing;
      const comment = `${phase === "done" ? "Done" : `**${phase}**${weight === undefined ? "" : ` at ${weight} %`}`}${reason ? `: ${plain(reason)}` : ""} ([run](${runUrl}))`;
      const said = phase === "done" ? closeIssue({ marker, comment }) : commentOn(marker, comment);
      await said.catch((error) => warn(`the tracking issue was not ended: ${error.message}`));
    },
  };
}
