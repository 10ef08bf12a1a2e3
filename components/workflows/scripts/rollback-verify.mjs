// Waits until the registry gives everybody the restored version, then installs the channel as a user does.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail, input, summary } from "./lib/actions.mjs";
import { plain } from "./lib/markdown.mjs";
import { npm, packageOf } from "./lib/npm.mjs";
import { rollbackInput } from "./lib/rollback-input.mjs";

const { name, channel, rollback, restore, message } = rollbackInput();
const minutes = Number(input("WAIT_MINUTES", /^\d{1,2}(\.\d+)?$/, "a number of minutes"));
const pauseMs = Number(input("PAUSE_SECONDS", /^(\d+(\.\d+)?)?$/, "a number of seconds") || "10") * 1000;

const missing = await waited();
if (missing) fail(`after ${minutes} minutes ${missing}; look at the registry before anything else is done`);
const installed = install();
if (installed !== restore) fail(`npm install ${name}@${channel} gave ${installed} and not ${restore}; look at the registry before anything else is done`);
summary(plain(`npm install ${name}@${channel} gives ${restore}, and ${rollback} is deprecated.`));

/** What is still wrong when the time is over. */
async function waited() {
  for (const end = Date.now() + minutes * 60_000; ; ) {
    const wrong = wrongIn(await packageOf(name));
    if (!wrong || Date.now() + pauseMs > end) return wrong;
    console.log(`${wrong}; waiting`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function wrongIn({ tags, versions }) {
  if (tags[channel] !== restore) return `channel ${channel} has ${tags[channel]} and not ${restore}`;
  return versions[rollback]?.deprecated === message ? undefined : `${rollback} is not deprecated`;
}

// In a folder of its own with a cache of its own: what a machine has seen before is not what users get.
function install() {
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), "install-"));
  try {
    npm("install", `${name}@${channel}`, `--prefix=${folder}`, `--cache=${join(folder, "cache")}`, "--ignore-scripts", "--no-audit", "--no-fund");
    return JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
