import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Documents } from "../../../sandbox/documents.ts";
import { ROWS } from "../../../sandbox/github/table.ts";
import { startGitHubApi } from "../../../sandbox/github-api/server.ts";
import type { GitHubApi, GitHubApiOptions } from "../../../sandbox/github-api/server.ts";
import { readPopulation } from "../../../sandbox/population.ts";
import { Seal } from "../../../sandbox/seal.ts";
import { fillPath } from "../../../sandbox/template.ts";
import { at } from "../../../sandbox/values.ts";
import type { Path, Properties, Value } from "../../../sandbox/values.ts";

export interface Answered {
  status: number;
  headers: Headers;
  /** What JSON says, or undefined where there is no body. */
  body: Value | undefined;
  /** What stands at a path of the body, such as `of("environments", 0, "name")`. */
  of(...path: (string | number)[]): Value | undefined;
}

export interface Opened {
  api: GitHubApi;
  documents: Documents;
  /** The instant in milliseconds; a test may set it. */
  clock: { now: number };
  /** What a program declares, such as `declare("RepositoryEnvironment", { repository: "shop", environment: "production" })`, for the account acme. */
  declare(type: string, body: Properties, secrets?: Path[]): string;
  /** `ask("GET /repos/acme/shop")`; a path without a slash is below `/repos/acme/shop`. */
  ask(call: string, body?: object, headers?: Record<string, string>): Promise<Answered>;
}

export const START = Date.parse("2026-11-21T12:00:00Z");

const opened: { api: GitHubApi; folder: string }[] = [];

/** A GitHub with the repository acme/shop, until the test ends. */
export async function openGitHub(options: Partial<GitHubApiOptions> = {}): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-github-api-"));
  const documents = new Documents(join(folder, "cloud"), new Seal(Buffer.alloc(32, 7)));
  const clock = { now: START };
  const api = await startGitHubApi({ documents, population: readPopulation(join(folder, "cloud")), clock: () => clock.now, ...options });
  opened.push({ api, folder });
  const declare: Opened["declare"] = (type, body, secrets = []) => {
    const path = `github/acme/${fillPath(ROWS[type]?.path ?? "", body)}`;
    const at = new Date(START).toISOString();
    documents.write(path, { body, secrets, madeBy: `urn:pulumi:test::slipway::github:index/x:${type}::${path}`, created: at, updated: at });
    return path;
  };
  const ask: Opened["ask"] = async (call, body, headers = {}) => {
    const [method = "GET", path = ""] = call.split(" ");
    const response = await fetch(`${api.url}${path.startsWith("/") ? path : `/repos/acme/shop${path === "." ? "" : `/${path}`}`}`, {
      method, headers: { authorization: `Bearer ${api.token}`, ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const told: Value | undefined = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: told, of: (...path) => at(told, path) };
  };
  declare("Repository", { name: "shop", autoInit: true, visibility: "public" });
  return { api, documents, clock, declare, ask };
}

export function closeGitHubs(): void {
  for (const { api, folder } of opened.splice(0)) {
    api.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
