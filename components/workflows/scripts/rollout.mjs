// Calls the stack's rollout commands and follows what they say: a tracking issue while it goes on, a summary and outputs at its end.
// It moves no traffic itself. Ends with 0 (done, or held as planned), 1 (failed, or held because it had to) or 2 (rolled back).
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fail, optional, setOutput, stopCommands, summary, warn } from "./lib/actions.mjs";
import { callOf, credentials } from "./lib/rollout-call.mjs";
import { after, beginning, ending, parseEvent } from "./lib/rollout-events.mjs";
import { report } from "./lib/rollout-issue.mjs";
import { trackingIssue } from "./lib/rollout-track.mjs";

const call = callOf();
const runUrl = `${optional("GITHUB_SERVER_URL")}/${optional("GITHUB_REPOSITORY")}/actions/runs/${optional("GITHUB_RUN_ID")}`;
const describe = (state) => report(state, { ...call, environment: optional("ENVIRONMENT"), runUrl });
const issue = trackingIssue(call, optional("ISSUE_LABEL"));
const malformed = [];

const resume = stopCommands();
const { state, error } = await drive().then((state) => ({ state }), (error) => ({ error }));
resume();
if (error) fail(`the rollout could not be started: ${error.message}`);
if (malformed.length > 0) warn(`${malformed.length} lines of the driver were no events, the first one: ${malformed[0].slice(0, 200)}`);
await issue.end(state, describe(state), runUrl);
summary(`## ${call.command} of ${call.service} ${call.version}\n\n${describe(state)}`);
for (const [name, value] of Object.entries({ state: state.phase, reason: state.reason ?? "", weight: state.weight ?? "", image: state.image ?? call.image })) setOutput(name, value);
if (state.code !== 0) {
  console.error(`${call.command} of ${call.service}: ${state.reason ?? state.phase}`);
  process.exitCode = state.code;
}

async function drive() {
  const { env, done } = credentials();
  try {
    const child = spawn("npm", ["run", "--silent", "slipway", "--", ...call.args], { cwd: optional("STACK_FOLDER") || "stack", env, stdio: ["ignore", "pipe", "inherit"], detached: true });
    // A cancelled run: the driver holds and says so, and its last word still gets into the issue. npm and its shell keep signals to
    // themselves, so the whole group gets them.
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => signalGroup(child, signal));
    const closed = new Promise((resolve) => {
      child.on("error", (error) => resolve({ error }));
      child.on("close", (code) => resolve({ code }));
    });
    const last = await follow(child.stdout);
    const { code, error } = await closed;
    if (error) throw error;
    return ending(last, code, { command: call.command, reason: optional("REASON") || undefined });
  } finally {
    done();
  }
}

function signalGroup({ pid }, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error; // it has ended by itself
  }
}

async function follow(stdout) {
  let state = beginning;
  for await (const line of createInterface({ input: stdout, crlfDelay: Infinity })) {
    if (line.trim() === "") continue;
    console.log(line.slice(0, 2000));
    const event = parseEvent(line);
    if (event === undefined) malformed.push(line);
    if (event === undefined || event === "unknown") continue;
    state = after(state, event);
    issue.progress(state, () => describe(state), event.event !== "gate");
  }
  return state;
}
