import type { GitRepository } from "../../test/workflows/git-repository.ts";
import { ensureJudges } from "../../toolchain/judges.ts";
import { serveGitHub } from "./github-api.ts";
import type { Handlers } from "./github-api.ts";
import { gitHandlers } from "./github-git.ts";
import { issueHandlers } from "./github-issues.ts";
import { assetOf, releaseHandlers } from "./github-releases.ts";
import { html } from "./github-state.ts";
import type { Release, State } from "./github-state.ts";
import { otherHandlers } from "./github-others.ts";

export interface GitHub extends State {
  url: string;
  calls: string[];
  problems: string[];
  close(): void;
  /** Puts a release there, as if an earlier run had made it. */
  release(fields: Partial<Release> & { tag_name: string }): Release;
}

/** A GitHub on loopback for one repository: refs and commits in git, all else in memory. Requests are checked against GitHub's description of its API. */
export async function gitHub(origin: GitRepository, token: string, more: (state: State) => Handlers = () => ({})): Promise<GitHub> {
  const [file] = await ensureJudges(["github-api"]);
  const state: State = { issues: [], comments: [], releases: [], dispatches: [], pulls: [], runs: [], checkRuns: [], deployments: [] };
  let last = 100;
  const next = () => (last += 1);
  const release = (fields: Partial<Release> & { tag_name: string }): Release => {
    const id = next();
    const day = new Date(Date.UTC(2026, 0, 5, 9, id - 100)).toISOString();
    const made: Release = { id, name: fields.tag_name, body: "", draft: false, prerelease: false, assets: [], latest: false, html_url: `${html}/releases/tag/${fields.tag_name}`, url: `/repos/acme/shop/releases/${id}`, created_at: day, published_at: day, ...fields };
    state.releases.unshift(made);
    return made;
  };
  let server: { url: string } = { url: "" };
  const shown = (each: Release) => ({ ...each, assets: each.assets.map(assetOf), upload_url: `${server.url}/repos/acme/shop/releases/${each.id}/assets{?name,label}` });
  const handlers: Handlers = { ...gitHandlers(origin), ...issueHandlers(state, next), ...releaseHandlers(state, release, shown, next), ...otherHandlers(state, next), ...more(state) };
  const served = await serveGitHub(file, handlers, token);
  server = served;
  return Object.assign(state, { url: served.url, calls: served.calls, problems: served.problems, close: served.close, release });
}
