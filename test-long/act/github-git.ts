import { execFileSync } from "node:child_process";
import type { GitRepository } from "../../test/workflows/git-repository.ts";
import type { Answered, Handlers } from "./github-api.ts";

const missing: Answered = { status: 404, body: { message: "Not Found" } };
const person = { GIT_AUTHOR_NAME: "GitHub", GIT_AUTHOR_EMAIL: "noreply@github.com", GIT_COMMITTER_NAME: "GitHub", GIT_COMMITTER_EMAIL: "noreply@github.com" };

/** GitHub's git database, on a real repository: what a workflow makes by the API is there for git to see. */
export function gitHandlers({ folder }: GitRepository): Handlers {
  const git = (args: string[], stdin?: string | Buffer): string =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8", ...(stdin !== undefined && { input: stdin }), env: { PATH: process.env["PATH"], ...person, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" }, stdio: ["pipe", "pipe", "pipe"] }).trimEnd();
  const resolved = (name: string): string | undefined => {
    try {
      return git(["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
    } catch {
      return undefined;
    }
  };
  const reference = (ref: string, sha: string) => ({ ref, object: { sha, type: git(["cat-file", "-t", sha]) } });
  const one = (ref: string): Answered => {
    const sha = resolved(ref);
    return sha === undefined ? missing : { body: reference(ref, sha) };
  };
  const commit = (sha: string) => ({
    sha,
    message: git(["log", "-1", "--format=%B", sha]),
    tree: { sha: git(["rev-parse", `${sha}^{tree}`]) },
    parents: git(["log", "-1", "--format=%P", sha]).split(" ").filter(Boolean).map((parent) => ({ sha: parent })),
    committer: { date: git(["log", "-1", "--format=%cI", sha]) },
  });
  const full = (sha: string) => ({ sha, html_url: `https://github.com/acme/shop/commit/${sha}`, author: { login: "ada" }, commit: commit(sha) });
  return {
    "git/get-ref": ({ params }) => one(`refs/${params["ref"]}`),
    "git/list-matching-refs": ({ params }) => {
      const lines = git(["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags"]).split("\n").filter((line) => line.startsWith(`refs/${params["ref"]}`));
      return { body: lines.map((line) => line.split(" ")).map(([ref = "", sha = ""]) => reference(ref, sha)) };
    },
    "git/create-ref": ({ body }) => {
      const ref = String(body["ref"]);
      if (resolved(ref) !== undefined) return { status: 422, body: { message: "Reference already exists" } };
      if (resolved(`${body["sha"]}^{object}`) === undefined) return { status: 422, body: { message: "Object does not exist" } };
      git(["update-ref", ref, String(body["sha"])]);
      return { status: 201, body: reference(ref, String(body["sha"])) };
    },
    "git/update-ref": ({ params, body }) => {
      const [ref, sha] = [`refs/${params["ref"]}`, String(body["sha"])];
      const before = resolved(ref);
      if (before === undefined) return { status: 422, body: { message: "Reference does not exist" } };
      if (body["force"] !== true && git(["merge-base", before, sha]) !== before) return { status: 422, body: { message: "Update is not a fast forward" } };
      git(["update-ref", ref, sha]);
      return { body: reference(ref, sha) };
    },
    "git/delete-ref": ({ params }) => {
      if (resolved(`refs/${params["ref"]}`) === undefined) return { status: 422, body: { message: "Reference does not exist" } };
      git(["update-ref", "-d", `refs/${params["ref"]}`]);
      return { status: 204 };
    },
    "git/get-commit": ({ params }) => (resolved(`${params["commit_sha"]}^{commit}`) === undefined ? missing : { body: commit(String(params["commit_sha"])) }),
    "git/get-tag": ({ params }) => {
      const sha = String(params["tag_sha"]);
      return { body: { sha, object: { sha: git(["rev-parse", `${sha}^{}`]), type: "commit" } } };
    },
    "git/create-tag": ({ body }) => {
      const text = `object ${body["object"]}\ntype ${body["type"]}\ntag ${body["tag"]}\ntagger GitHub <noreply@github.com> 1767600000 +0000\n\n${body["message"]}\n`;
      return { status: 201, body: { sha: git(["hash-object", "-t", "tag", "-w", "--stdin"], text), tag: body["tag"], object: { sha: body["object"], type: body["type"] } } };
    },
    "git/create-blob": ({ body }) => ({ status: 201, body: { sha: git(["hash-object", "-w", "--stdin"], Buffer.from(String(body["content"]), body["encoding"] === "base64" ? "base64" : "utf8")) } }),
    "git/get-blob": ({ params }) => ({ body: { sha: params["file_sha"], encoding: "base64", content: execFileSync("git", ["cat-file", "blob", String(params["file_sha"])], { cwd: folder }).toString("base64") } }),
    "git/get-tree": ({ params, query }) => {
      const lines = git(["ls-tree", ...(query["recursive"] === undefined ? [] : ["-r"]), String(params["tree_sha"])]).split("\n").filter(Boolean);
      const tree = lines.map((line) => /^(\d+) (\w+) (\w+)\t(.*)$/.exec(line)).map((found) => ({ mode: found?.[1], type: found?.[2], sha: found?.[3], path: found?.[4] }));
      return { body: { sha: git(["rev-parse", `${params["tree_sha"]}^{tree}`]), tree, truncated: false } };
    },
    "git/create-tree": ({ body }) => ({ status: 201, body: { sha: treeOf(folder, git, body) } }),
    "git/create-commit": ({ body }) => {
      const parents = Array.isArray(body["parents"]) ? body["parents"].flatMap((parent) => ["-p", String(parent)]) : [];
      return { status: 201, body: commit(git(["commit-tree", String(body["tree"]), ...parents], String(body["message"]))) };
    },
    "repos/get-commit": ({ params }) => {
      const sha = resolved(`${params["ref"]}^{commit}`);
      return sha === undefined ? { status: 422, body: { message: `No commit found for SHA: ${params["ref"]}` } } : { body: full(sha) };
    },
    "repos/list-commits": ({ query }) => ({ body: git(["log", "--format=%H", "-n", query["per_page"] ?? "30", query["sha"] ?? "HEAD"]).split("\n").map(full) }),
    "repos/compare-commits": ({ params }) => {
      const [base = "", head = ""] = String(params["basehead"]).split("...");
      const between = git(["log", "--reverse", "--format=%H", `${base}..${head}`]).split("\n").filter(Boolean);
      return { body: { status: between.length > 0 ? "ahead" : "identical", total_commits: between.length, commits: between.map(full) } };
    },
    "repos/get-content": ({ params, query }) => {
      const sha = resolved(`${query["ref"] ?? "HEAD"}:${params["path"]}`);
      if (sha === undefined) return missing;
      return { body: { type: "file", path: params["path"], sha, encoding: "base64", content: execFileSync("git", ["cat-file", "blob", sha], { cwd: folder }).toString("base64") } };
    },
  };
}

/** Writes a tree through an index of its own, as GitHub does it: the base with some paths put or taken away. */
function treeOf(folder: string, git: (args: string[], stdin?: string) => string, body: Record<string, unknown>): string {
  const index = { cwd: folder, env: { PATH: process.env["PATH"], GIT_INDEX_FILE: `.git/api-index-${process.pid}` }, encoding: "utf8" as const };
  const run = (...args: string[]) => execFileSync("git", args, index).trimEnd();
  run("read-tree", ...(body["base_tree"] === undefined ? ["--empty"] : [String(body["base_tree"])]));
  for (const entry of Array.isArray(body["tree"]) ? body["tree"] : []) {
    const sha = entry.content === undefined ? entry.sha : git(["hash-object", "-w", "--stdin"], entry.content);
    if (sha === null) run("update-index", "--force-remove", entry.path);
    else run("update-index", "--add", "--cacheinfo", `${entry.mode ?? "100644"},${sha},${entry.path}`);
  }
  return run("write-tree");
}
