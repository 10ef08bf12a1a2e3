// Holds the tests' coverage to its minimum.
import { existsSync, readFileSync } from "node:fs";
import { fail, input } from "./lib/actions.mjs";
import { judgeCoverage, parseCoverage } from "./lib/coverage.mjs";
import { tell } from "./lib/findings.mjs";

const report = input("REPORT", /^[^/\n][^\n]*$/, "the path of a report");
const minimum = Number(input("MINIMUM_PERCENT", /^\d+(\.\d+)?$/, "a number of per cent"));

if (!existsSync(report)) fail(`${report}: is not there; the tests have to write it`);
const coverage = parseCoverage(readFileSync(report, "utf8"));
if (!coverage) fail(`${report}: is no report with at least one line; write Cobertura, lcov, coverage.py's JSON or Go's cover profile`);
tell([judgeCoverage(coverage, minimum)]);
