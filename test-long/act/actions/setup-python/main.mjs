// An environment of its own, so that what a job installs is gone with the job.
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { record, setEnv, setOutput } from "./common.mjs";

record();
const folder = join(process.env.RUNNER_TEMP, "python");
if (!existsSync(folder)) execFileSync("python3", ["-m", "venv", folder], { stdio: "inherit" });
appendFileSync(process.env.GITHUB_PATH, `${join(folder, "bin")}\n`);
setEnv("VIRTUAL_ENV", folder);
setOutput("python-version", execFileSync(join(folder, "bin", "python"), ["-c", "import platform; print(platform.python_version())"], { encoding: "utf8" }).trim());
