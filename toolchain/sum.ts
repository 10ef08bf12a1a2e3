/** Adds up tally files and prints the last line of a CI run: `node toolchain/sum.ts <file>…`. Exit code 1 on any failure. */
import { readFileSync } from "node:fs";
import { readTally, summary } from "./tally.ts";

const tallies = process.argv.slice(2).map((path) => {
  try {
    return readTally(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // A suite that left no count did not run: that must never look like a pass.
    return { passed: 0, failed: 1 };
  }
});
process.stdout.write(`${summary(tallies)}\n`);
process.exitCode = tallies.some((each) => each.failed > 0) ? 1 : 0;
