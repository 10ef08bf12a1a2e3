import type * as z from "zod";
import { askFor, credential } from "./ask.ts";
import type { Asking } from "./ask.ts";
import type { Environment } from "./types.ts";

/** GitHub's REST API for one repository. */
export interface GitHub {
  /** `path` behind `/repos/<owner>/<name>`. @throws Refused */
  ask<T>(schema: z.ZodType<T>, method: "GET" | "POST" | "PATCH", path: string, body?: object): Promise<T>;
}

export interface GitHubOptions {
  environment: Environment;
  /** Variable that holds the token. */
  token: string;
  /** Permission that the token has to have. */
  permission: string;
  /** `owner/name` */
  repository: string;
  signal: AbortSignal;
}

/** GITHUB_API_URL says where the API is, as in a workflow's job. @throws Refused where there is no token */
export function github({ environment, permission, repository, signal, token: variable }: GitHubOptions): GitHub {
  const token = credential(environment, variable);
  const base = `${environment["GITHUB_API_URL"] ?? "https://api.github.com"}/repos/${repository.split("/").map(encodeURIComponent).join("/")}`;
  const headers = { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28", authorization: `Bearer ${token}` };
  const may = `give the token in ${variable} the permission ${permission} for ${repository}`;
  const advice: Asking["advice"] = { 401: `set ${variable} to a token that is still good`, 403: may, 404: may };
  return {
    ask: (schema, method, path, body) => askFor(schema, { method, url: base + path, headers, body, who: "GitHub", advice, secrets: [token], signal }),
  };
}

/** The page of the run that drives the rollout; undefined outside of GitHub Actions. */
export function runUrl(environment: Environment): string | undefined {
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, GITHUB_SERVER_URL: server } = environment;
  return repository && run && server ? `${server}/${repository}/actions/runs/${run}` : undefined;
}
