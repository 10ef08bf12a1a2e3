// Passes when every job before it passed or had nothing to do: one check that a ruleset can ask for.
import { fail, optional } from "./lib/actions.mjs";

const results = Object.entries(JSON.parse(optional("NEEDS")));
for (const [job, { result }] of results) console.log(`${job}: ${result}`);
const bad = results.filter(([, { result }]) => result !== "success" && result !== "skipped");
if (bad.length > 0) fail(bad.map(([job, { result }]) => `${job}: ${result}`).join(", "));
