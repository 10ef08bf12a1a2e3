// Tells people how an operation ended: audit line and log, Slack, an issue while it fails, and outputs for an e-mail.
// What cannot be delivered is a warning: the operation itself is over, and its result stands.
import { input, optional, setOutput, summary, warn } from "./lib/actions.mjs";
import { closeIssue, upsertIssue } from "./lib/github.mjs";
import { plain, table } from "./lib/markdown.mjs";
import { sendToSlack, slackMessage } from "./lib/slack.mjs";

const status = input("STATUS", /^(success|failure|cancelled|skipped)$/, "success, failure, cancelled or skipped");
const what = input("WHAT", /^[^\p{Cc}]{1,120}$/u, "one line that names the operation");
const version = optional("VERSION");
const environment = optional("ENVIRONMENT");
const [server, repository, runId] = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"].map(optional);
const runUrl = `${server}/${repository}/actions/runs/${runId}`;

const outcome = { success: "succeeded", failure: "failed", cancelled: "was cancelled", skipped: "was skipped" }[status];
const between = what.includes(" of ") ? " " : " of ";
const title = oneLine(`${repository}: ${what}${version && between + version}${environment && ` to ${environment}`} ${outcome}`);
const fields = Object.entries({ Version: version, Environment: environment, By: optional("GITHUB_ACTOR"), Ref: optional("GITHUB_REF_NAME"), Address: optional("URL") })
  .filter(([, value]) => value !== "")
  .map(([name, value]) => [name, oneLine(value)]);

audit();
await deliver("Slack", optional("SLACK_WEBHOOK_URL") !== "", () => sendToSlack(optional("SLACK_WEBHOOK_URL"), slackMessage({ status, title, fields, runUrl })));
await deliver("the issue", optional("ISSUE_LABEL") !== "", keepIssue);
setOutput("subject", title);
setOutput("body", [title, "", ...fields.map(([name, value]) => `${name}: ${value}`), "", runUrl].join("\n"));
setOutput("critical", String(status === "failure"));

function audit() {
  const at = new Date().toISOString();
  console.log(JSON.stringify({ audit: { at, status, what, version, environment, actor: optional("GITHUB_ACTOR"), run: runUrl, attempt: optional("GITHUB_RUN_ATTEMPT") } }));
  summary(table(["At", "What", "Version", "Environment", "By", "Result"], [[at, what, version, environment, optional("GITHUB_ACTOR"), outcome]]));
}

async function deliver(name, asked, send) {
  if (!asked) return;
  await send().catch((error) => warn(`${name} was not told: ${error.message}`));
}

// Open while the operation fails; a cancelled or skipped one proves nothing and changes nothing.
async function keepIssue() {
  const marker = `${what} ${environment}`;
  if (status === "success") await closeIssue({ marker, comment: `Succeeded in [this run](${runUrl}).` });
  if (status !== "failure") return;
  const body = [`${plain(title)}. See [the run](${runUrl}).`, "", table(["", ""], fields), "", "This issue closes itself when the operation succeeds."].join("\n");
  await upsertIssue({ marker, title, body, labels: [optional("ISSUE_LABEL")] });
}

function oneLine(text) {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim().slice(0, 250);
}
