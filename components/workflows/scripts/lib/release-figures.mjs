// The figures of a day: downloads from npm and GitHub, and how CI of the default branch fares.
import { daysBetween } from "./anomaly.mjs";
import { paginate, repo } from "./github.mjs";
import { request } from "./http.mjs";

const CI_DAYS = 7;
const FAILURES = new Set(["failure", "timed_out", "startup_failure"]);

/** npm's own count of the last day that it knows, which is yesterday or the day before. */
export async function npmDownloads(name) {
  const base = (process.env.NPM_DOWNLOADS_URL || "https://api.npmjs.org").replace(/\/+$/, "");
  const { status, text } = await request(`${base}/downloads/point/last-day/${name}`, {}, "npm's download counts");
  if (status !== 200) throw new Error(`npm's download counts answered ${status}`);
  const { downloads } = JSON.parse(text);
  if (!Number.isInteger(downloads)) throw new Error("npm's download counts have no number in them");
  return downloads;
}

/** All downloads of all assets since the first release. */
export async function githubDownloads() {
  let total = 0;
  for await (const { assets } of paginate(`${repo()}/releases?per_page=100`)) total += assets.reduce((sum, asset) => sum + asset.download_count, 0);
  return total;
}

/** GitHub counts for ever, so a day is the difference to the record before it; undefined without one. */
export function perDay(total, date, history) {
  const before = history.findLast((record) => record.date < date && Number.isFinite(record.githubDownloadsTotal));
  if (!before) return undefined;
  // A deleted release takes its count along.
  return Math.max(0, Math.round((total - before.githubDownloadsTotal) / Math.max(1, daysBetween(before.date, date))));
}

/** Success in per cent and median minutes of the runs that ended on a branch in seven days; nothing without runs. */
export async function ciHealth(branch, date) {
  const since = new Date(Date.parse(date) - CI_DAYS * 86_400_000).toISOString().slice(0, 10);
  const runs = [];
  const query = new URLSearchParams({ branch, status: "completed", created: `>=${since}`, per_page: "100" });
  for await (const run of paginate(`${repo()}/actions/runs?${query}`)) runs.push(run);
  return healthOf(runs);
}

/**
 * Cancelled and skipped runs say nothing about the code.
 * @param {readonly { conclusion: string, run_started_at: string, updated_at: string }[]} runs
 */
export function healthOf(runs) {
  const ended = runs.filter(({ conclusion }) => conclusion === "success" || FAILURES.has(conclusion));
  if (ended.length === 0) return { ciRuns: 0 };
  const minutes = ended.map((run) => (Date.parse(run.updated_at) - Date.parse(run.run_started_at)) / 60_000).sort((a, b) => a - b);
  const successes = ended.filter(({ conclusion }) => conclusion === "success").length;
  return { ciRuns: ended.length, ciSuccessPercent: rounded((successes / ended.length) * 100), ciMinutes: rounded(minutes[Math.floor((minutes.length - 1) / 2)]) };
}

function rounded(number) {
  return Math.round(number * 10) / 10;
}
