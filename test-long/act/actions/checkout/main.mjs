// Clones the repository of the test into the workspace, as deep and as wide as asked.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fail, input, record, setOutput } from "./common.mjs";

const folder = join(process.env.GITHUB_WORKSPACE, input("path", "."));
const repository = input("repository", process.env.GITHUB_REPOSITORY);
const origin = JSON.parse(process.env.ACT_REPOSITORIES)[repository];
if (origin === undefined) fail(`${repository}: the test has no such repository`);
record();

mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
const git = (...args) => execFileSync("git", ["-c", "protocol.file.allow=always", "-c", "advice.detachedHead=false", ...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
const ref = input("ref", repository === process.env.GITHUB_REPOSITORY ? process.env.GITHUB_SHA : "HEAD");
const depth = input("fetch-depth", "1");
git("init", "-q", "-b", "checked-out");
git("remote", "add", "origin", `file://${origin}`);
const sparse = input("sparse-checkout").split("\n").map((line) => line.trim()).filter(Boolean);
if (sparse.length > 0) git("sparse-checkout", "set", "--cone", ...sparse);
if (depth === "0") git("fetch", "-q", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*");
const wanted = [ref, `refs/heads/${ref}`, `refs/tags/${ref}`];
const found = wanted.some((name) => {
  try {
    git("fetch", "-q", ...(depth === "0" ? ["--tags"] : [`--depth=${depth}`, "--no-tags"]), "origin", name);
    return true;
  } catch {
    return false;
  }
});
if (!found) fail(`${repository}: has no ${ref}`);
const branch = ref.replace(/^refs\/heads\//, "");
const head = git("rev-parse", "FETCH_HEAD");
let onBranch = true;
try {
  git("ls-remote", "--exit-code", "--heads", "origin", branch);
} catch {
  onBranch = false;
}
git("checkout", "-q", "--force", ...(onBranch ? ["-B", branch] : ["--detach"]), head);
setOutput("ref", ref);
setOutput("commit", head);
