// Takes a version back from a channel. `check` says what would happen; `apply` moves the tag, then deprecates the version.
// Users are safe from the moment the tag has moved, so that comes first; a second run changes nothing.
import { fail, setOutput, summary, warn } from "./lib/actions.mjs";
import { planRollback } from "./lib/channels.mjs";
import { table } from "./lib/markdown.mjs";
import { npm, packageOf } from "./lib/npm.mjs";
import { rollbackInput } from "./lib/rollback-input.mjs";

const { name, channel, rollback, restore, message } = rollbackInput();
const { problem, moves, deprecates, elsewhere } = planRollback(await packageOf(name), { channel, rollback, restore, message });
if (problem) fail(problem);
if (process.argv[2] === "apply") apply();
else tell();

function tell() {
  for (const tag of elsewhere) warn(`channel ${tag} has ${rollback} too and keeps it; roll it back there as well`);
  setOutput("elsewhere", elsewhere.join(","));
  summary(table(["Package", "Channel", "Takes back", "Restores", "Tag", "Deprecation"], [
    [name, channel, rollback, restore, moves ? "moves" : "has moved already", deprecates ? message : "is there already"],
  ]));
}

function apply() {
  if (moves) npm("dist-tag", "add", `${name}@${restore}`, channel);
  if (deprecates) npm("deprecate", `${name}@${rollback}`, message);
}
