import type { Answered } from "./github-api.ts";

/** As GitHub's answers have them. */
export type Fields = Record<string, unknown>;
export interface Issue extends Fields { number: number; title: string; body: string; state: string; labels: { name: string }[]; pull_request?: Fields }
export interface Comment extends Fields { id: number; issue: number; body: string }
export interface Asset { id: number; name: string; size: number; digest: string; bytes: Buffer }
export interface Release extends Fields { id: number; tag_name: string; name: string; body: string; draft: boolean; prerelease: boolean; assets: Asset[]; latest: boolean }
export interface Dispatch { workflow: string; ref: string; inputs: Fields }
export interface PullRequest extends Fields { number: number; title: string; body: string; head: { ref: string; sha: string }; base: { ref: string; sha: string } }

/** What GitHub holds beside the commits; a test fills it before and reads it after. */
export interface State {
  issues: Issue[];
  comments: Comment[];
  releases: Release[];
  dispatches: Dispatch[];
  pulls: PullRequest[];
  /** As GitHub answers them. */
  runs: Fields[];
  checkRuns: Fields[];
  deployments: Fields[];
}

export const missing: Answered = { status: 404, body: { message: "Not Found" } };
export const html = "https://github.com/acme/shop";
