// Makes a dashboard for each of SERVICES that has none, and proposes them by a pull request. Run again, it renews that pull request.
import { existsSync } from "node:fs";
import { fail, input, optional, summary } from "./lib/actions.mjs";
import { baselineDashboard } from "./lib/baseline-dashboard.mjs";
import { api, repo } from "./lib/github.mjs";

const BRANCH = "slipway/baseline-dashboards";
const services = input("SERVICES", /^[a-z0-9][a-z0-9._-]*(,[a-z0-9][a-z0-9._-]*)*$/, "a list of services").split(",");
const folder = input("FOLDER", /^[\w@./-]+$/, "a folder of the repository");
const base = input("BASE", /^[\w./-]+$/, "a branch");
const commit = input("GITHUB_SHA", /^[0-9a-f]{40}$/, "a commit");

const missing = services.filter((service) => !existsSync(`${folder}/${service}.json`));
if (missing.length === 0) console.log("every service has a dashboard");
else await propose();

async function propose() {
  const { tree } = await api("GET", `${repo()}/git/commits/${commit}`);
  const files = missing.map((service) => ({ path: `${folder}/${service}.json`, mode: "100644", type: "blob", content: baselineDashboard(service, { branding: optional("BRANDING"), job: service }) }));
  const { sha: made } = await api("POST", `${repo()}/git/trees`, { base_tree: tree.sha, tree: files });
  const message = `chore(observability): add baseline dashboards\n\n${missing.map((service) => `- ${service}`).join("\n")}`;
  const { sha } = await api("POST", `${repo()}/git/commits`, { message, tree: made, parents: [commit] });
  await point(sha);
  const [owner] = process.env.GITHUB_REPOSITORY.split("/");
  const [open] = await api("GET", `${repo()}/pulls?state=open&base=${base}&head=${owner}:${BRANCH}`);
  const { html_url: url } = open ?? (await api("POST", `${repo()}/pulls`, { title: "chore(observability): add baseline dashboards", head: BRANCH, base, body: body() }).catch(refused));
  summary(`Proposed ${missing.length === 1 ? "a dashboard" : `${missing.length} dashboards`}: ${url}`);
}

async function point(sha) {
  const refs = await api("GET", `${repo()}/git/matching-refs/heads/${BRANCH}`);
  if (refs.some(({ ref }) => ref === `refs/heads/${BRANCH}`)) await api("PATCH", `${repo()}/git/refs/heads/${BRANCH}`, { sha, force: true });
  else await api("POST", `${repo()}/git/refs`, { ref: `refs/heads/${BRANCH}`, sha });
}

function body() {
  const list = missing.map((service) => `- \`${folder}/${service}.json\``).join("\n");
  return `These services have no dashboard:\n\n${list}\n\nThey show traffic, errors, latency and saturation by the usual names of metrics; change them to what the services measure.\nThe checks of a pull request that a workflow opened wait for somebody: close it and open it again.\n`;
}

function refused(error) {
  fail(`no pull request: ${error.message}; let Actions create pull requests (actions.approvePullRequests in the stack)`);
}
