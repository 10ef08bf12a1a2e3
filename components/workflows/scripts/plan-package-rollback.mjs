// Plans a rollback: the release to go back to, the releases to take back, their tags, and the issue that tracks it all.
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { upsertIssue } from "./lib/github.mjs";
import { plain } from "./lib/markdown.mjs";
import { normalVersion, parsePython } from "./lib/pep440.mjs";
import { indexUrl, releasesOf } from "./lib/python-index.mjs";
import { findTag } from "./lib/release-tags.mjs";
import { planRollback } from "./lib/package-rollback.mjs";
import { rollbackIssue } from "./lib/package-rollback-issue.mjs";

const project = input("PROJECT", /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/, "the name of a project");
const reason = input("REASON", /^(?=.*\S)[\s\S]{1,1000}$/, "a reason of 1 to 1000 characters");
const action = input("ACTION", /^(yank|delete|none)$/, "yank, delete or none");
const label = input("ISSUE_LABEL", /^[^,\p{Cc}]{1,50}$/u, "the name of a label");
const prefix = optional("TAG_PREFIX");

const plan = planRollback(await releasesOf(indexUrl(), project), wanted());
if (plan.problem) fail(`${project} cannot be rolled back: ${plan.problem}; name another version`);
const { version, bad } = plan;
const tag = (await findTag(version, prefix)) ?? fail(`${project} ${version} has no tag in this repository; push the tag that it was built from`);
const badTags = (await Promise.all(bad.map((each) => findTag(each, prefix)))).filter((each) => each !== undefined);

const issue = rollbackIssue({ project, version, bad, reason, action, actor: optional("GITHUB_ACTOR"), steps: [] });
const { number, html_url: url } = await upsertIssue({ ...issue, labels: [label] });
for (const [name, value] of Object.entries({ version, tag, branch: `hotfix/rollback-to-${version}`, bad: JSON.stringify(bad), bad_tags: JSON.stringify(badTags), issue: number })) setOutput(name, value);
summary(`## Rolling ${plain(project)} back to ${plain(version)}\n\nTaken back: ${plain(bad.join(", "))}. Tracked in ${url}.`);

function wanted() {
  const text = optional("ROLLBACK_VERSION").trim();
  if (text === "") return "";
  const named = prefix !== "" && text.startsWith(prefix) ? text.slice(prefix.length) : text;
  if (!parsePython(named)) fail(`ROLLBACK_VERSION: is not a version of a Python package, got ${JSON.stringify(text.slice(0, 80))}; write one such as 1.2.3`);
  return normalVersion(named);
}
