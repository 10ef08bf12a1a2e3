// Runs the benchmarks of a change and of its base in turns on this machine, or of one commit where there is no change. The
// change is the merge that GitHub would make and the base its first parent: what others merged since it began is in both.
// Nothing is measured where the change touches none of the paths.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, input, optional, setOutput, stopCommands, warn } from "./lib/actions.mjs";
import { parseGoBench } from "./lib/benchmarks.mjs";
import { output, run } from "./lib/process.mjs";

const command = input("COMMAND", /\S/, "a command");
const rounds = Number(input("ROUNDS", /^[1-9]\d?$/, "a number of rounds"));
const isMerge = input("MERGED", /^(true|false)$/, "true or false") === "true";
const file = input("FILE", /\S/, "a path");
const paths = optional("PATHS").split("\n").filter((path) => path !== "");

const base = isMerge ? output("git", "rev-parse", "HEAD^1") : undefined;
const isTouched = base === undefined || output("git", "diff", "--name-only", base, "HEAD", "--", ...paths.map((path) => `:(glob)${path}`)) !== "";
setOutput("measured", String(isTouched));
if (isTouched) measure();
else console.log("the change touches nothing that the benchmarks measure");

function measure() {
  const folders = { change: process.cwd(), ...(base !== undefined && { base: checkedOut(base) }) };
  const sides = Object.keys(folders).filter((side) => isRunnable(side, folders[side]));
  const texts = Object.fromEntries(sides.map((side) => [side, ""]));
  for (let round = 0; round < rounds; round++) {
    // Whoever goes first meets a colder machine, so they take turns at that as well.
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) texts[side] += `${benchmarked(folders[side])}\n`;
  }
  const samples = (side) => [...parseGoBench(texts[side] ?? "")];
  writeFileSync(file, JSON.stringify({ base: samples("base"), change: samples("change"), rounds }));
}

function checkedOut(commit) {
  const folder = join(process.env.RUNNER_TEMP ?? "..", "base");
  run("git", "worktree", "add", "--detach", folder, commit);
  return folder;
}

/** The first run warms the caches and does not count. A base that cannot run has no benchmarks yet. */
function isRunnable(side, folder) {
  try {
    benchmarked(folder);
    return true;
  } catch (error) {
    if (side === "change") fail(`the benchmarks fail: ${error.message}`);
    warn("the benchmarks of the base fail, so there is nothing to compare with");
    return false;
  }
}

// The command is the repository's own setting; what it prints comes from the change and is no command to the runner.
function benchmarked(folder) {
  const resume = stopCommands();
  try {
    const text = execFileSync("bash", ["-euo", "pipefail", "-c", command], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 64 * 1024 * 1024 });
    console.log(text);
    return text;
  } finally {
    resume();
  }
}
