// promtool.mjs <check-config|check-rules|test-rules>: runs promtool over the files that match FILES, one after the other.
import { fail, stopCommands } from "./lib/actions.mjs";
import { run } from "./lib/process.mjs";
import { patterns, trackedOrFail } from "./lib/tracked.mjs";

const [what] = process.argv.slice(2);
const { args, name } = { "check-config": { args: ["check", "config"], name: "configuration" }, "check-rules": { args: ["check", "rules"], name: "file of rules" }, "test-rules": { args: ["test", "rules"], name: "test of rules" } }[what];
const files = trackedOrFail(patterns("FILES"), name);
const resume = stopCommands();
const failed = files.filter((file) => !passes(file));
resume();
if (failed.length > 0) fail(`promtool refuses ${failed.join(", ")}; its reasons stand above`);

function passes(file) {
  try {
    run("promtool", ...args, file);
    return true;
  } catch (error) {
    if (error.code === "ENOENT") fail("promtool is not installed");
    return false;
  }
}
