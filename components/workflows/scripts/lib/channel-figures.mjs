// The figures of a package's channels: what each names, how old that is, how often it is downloaded, and how often channels moved.
import { CHANNELS } from "./channels.mjs";
import { api, repo, RequestError } from "./github.mjs";
import { request } from "./http.mjs";
import { registry } from "./npm.mjs";

// A package with thousands of canaries has a long list of versions.
const LONGEST = 64_000_000;
const MOVE_DAYS = 30;

/**
 * `{ <channel>: { version, publishedAt, downloads, share } }`; undefined where the registry has none of the channels. Downloads are those of seven
 * days; they and the share are missing where npm does not count them.
 */
export async function channelFigures(name, downloads) {
  const { status, text } = await request(`${registry()}${name.replace("/", "%2F")}`, { longest: LONGEST, timeoutMs: 30_000 }, "the npm registry");
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`the npm registry answered ${status}`);
  const { "dist-tags": tags = {}, time = {} } = JSON.parse(text);
  const channels = CHANNELS.filter((channel) => Object.hasOwn(tags, channel));
  return channels.length === 0 ? undefined : Object.fromEntries(channels.map((channel) => [channel, figuresOf(tags[channel], time, downloads)]));
}

function figuresOf(version, time, downloads) {
  if (!downloads) return { version, publishedAt: time[version] };
  const all = Object.values(downloads).reduce((sum, count) => sum + count, 0);
  const own = Object.hasOwn(downloads, version) ? downloads[version] : 0;
  return { version, publishedAt: time[version], downloads: own, share: all === 0 ? undefined : Math.round((own / all) * 10_000) / 10_000 };
}

/** Downloads of each version in seven days, as npm counts them; undefined where it does not know the package. */
export async function versionDownloads(name) {
  const base = (process.env.NPM_DOWNLOADS_URL || "https://api.npmjs.org").replace(/\/+$/, "");
  const { status, text } = await request(`${base}/versions/${name.replace("/", "%2F")}/last-week`, { longest: LONGEST }, "npm's download counts of versions");
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`npm's download counts of versions answered ${status}`);
  const { downloads } = JSON.parse(text);
  if (typeof downloads !== "object" || downloads === null || !Object.values(downloads).every(Number.isInteger)) throw new Error("npm's download counts of versions have no numbers in them");
  return downloads;
}

/** Successful runs of a workflow in thirty days; undefined where the repository has no such workflow. */
export async function movesBy(workflow, date) {
  const since = new Date(Date.parse(date) - MOVE_DAYS * 86_400_000).toISOString().slice(0, 10);
  const query = new URLSearchParams({ status: "success", created: `>=${since}`, per_page: "1" });
  try {
    return (await api("GET", `${repo()}/actions/workflows/${workflow}/runs?${query}`)).total_count;
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) return undefined;
    throw error;
  }
}
