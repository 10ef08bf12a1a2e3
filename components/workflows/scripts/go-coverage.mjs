// Fails where the tests cover less than they should; reads the profile that `go test` left in coverage.out.
import { fail, input, summary } from "./lib/actions.mjs";
import { output } from "./lib/process.mjs";

const minimum = Number(input("COVERAGE_MINIMUM_PERCENT", /^\d{1,3}(\.\d+)?$/, "per cent"));
const total = /^total:\s+\(statements\)\s+(\d+(?:\.\d+)?)%$/m.exec(output("go", "tool", "cover", "-func=coverage.out"))?.[1];

if (total === undefined) fail("coverage.out: has no total; let the tests write it with -coverprofile=coverage.out");
summary(`Coverage: ${total} % of statements, at least ${minimum} % wanted`);
if (Number(total) < minimum) fail(`coverage: is ${total} % of statements, at least ${minimum} % is wanted; test what the change adds`);
