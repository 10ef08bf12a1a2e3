import { scriptRoom, serve } from "../script-room.ts";
import type { Ran, ScriptRoom, Server } from "../script-room.ts";

/** A pull request on GitHub: its commits, its files, its labels, and the comments that it has. */
export interface Pull {
  commits?: { message: string; merge?: boolean }[];
  files?: { filename: string; additions: number; deletions: number; status?: string }[];
  labels?: string[];
  comments?: { id: number; body: string }[];
}

export type Run = (script: string, pull: Pull, env: Record<string, string>) => Promise<Ran & { server: Server }>;

/** A room whose scripts find pull request 7 of acme/shop on a server. */
export function pullRequestRoom(): { room: ScriptRoom; run: Run } {
  const room = scriptRoom();
  return {
    room,
    run: async (script, pull, env) => {
      const server = await github(pull);
      return { ...(await room.run(script, { GITHUB_API_URL: server.url, GITHUB_TOKEN: "t", PULL_REQUEST: "7", ...env })), server };
    },
  };
}

/** What a check found, as the report gets it. */
export function findings({ outputs }: Ran): unknown {
  return JSON.parse(outputs["findings"] ?? "null");
}

async function github({ commits = [], files = [], labels = [], comments = [] }: Pull): Promise<Server> {
  return await serve(({ method, path }) => {
    switch (`${method} ${path.replace(/\?.*/, "")}`) {
      case "GET /repos/acme/shop/pulls/7":
        return { body: { labels: labels.map((name) => ({ name })) } };
      case "GET /repos/acme/shop/pulls/7/commits":
        return { body: commits.map(({ message, merge = false }, index) => ({ sha: String(index).padStart(40, "a"), commit: { message }, parents: merge ? [{}, {}] : [{}] })) };
      case "GET /repos/acme/shop/pulls/7/files":
        return { body: files };
      case "GET /repos/acme/shop/issues/7/comments":
        return { body: comments };
      case "POST /repos/acme/shop/issues/7/comments":
      case "PATCH /repos/acme/shop/issues/comments/42":
      case "POST /repos/acme/shop/issues/7/labels":
        return { body: {} };
      default:
        return undefined;
    }
  });
}
