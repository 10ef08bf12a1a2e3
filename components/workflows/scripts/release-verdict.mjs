// How a release pipeline ended: a table in the summary, and an issue that says what to do while something is wrong.
import { input, optional, summary, warn } from "./lib/actions.mjs";
import { closeIssue, upsertIssue } from "./lib/github.mjs";
import { plain, table } from "./lib/markdown.mjs";
import { adviceOn } from "./lib/release-advice.mjs";

const version = input("VERSION", /^[^\p{Cc}]{1,100}$/u, "one line");
const service = input("SERVICE", /^[a-z][a-z0-9-]*$/, "the name of a service");
const results = JSON.parse(input("RESULTS", /^\s*\{/, "the results of the jobs"));
const runUrl = `${optional("GITHUB_SERVER_URL")}/${optional("GITHUB_REPOSITORY")}/actions/runs/${optional("GITHUB_RUN_ID")}`;

const { failed, held, lines } = adviceOn(results);
const good = failed.length === 0 && !held;
const body = [
  `Release **${plain(version)}** of ${plain(service)}: ${good ? "done" : failed.length > 0 ? `failed at ${failed.join(", ")}` : "held"}. See [the run](${runUrl}).`,
  "",
  table(["Job", "Result"], Object.entries(results).map(([job, { result }]) => [job, result])),
  ...(lines.length === 0 ? [] : ["", "### What to do", "", ...lines]),
].join("\n");
summary(body);
const marker = `release pipeline ${service} ${version.replace(/[^\w.+-]/g, "")}`;
const labels = optional("ISSUE_LABEL") === "" ? [] : [optional("ISSUE_LABEL")];
const kept = good ? closeIssue({ marker, comment: body }) : upsertIssue({ marker, title: `Release ${version} of ${service} ${held && failed.length === 0 ? "is held" : "failed"}`, body, labels });
await kept.catch((error) => warn(`the release's issue was not written: ${error.message}`));
