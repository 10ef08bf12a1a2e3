import * as z from "zod";
import type { BenchmarkOptions, ChangelogOptions, MeasuredOptions, PrChecksOptions } from "../../../components/workflows/community/pr-checks-options.ts";
import { labelName } from "../repository-scalars.ts";
import { percentage, text, whole } from "../scalars.ts";
import { commandLine, commitType, glob, globs, repositoryPath } from "./community-scalars.ts";

const CONVENTIONAL = ["feat", "fix", "perf", "refactor", "docs", "test", "build", "ci", "chore", "style", "revert"];
const LOCK_FILES = ["**/package-lock.json", "**/pnpm-lock.yaml", "**/poetry.lock", "**/uv.lock", "**/go.sum"];

const changelog: z.ZodType<ChangelogOptions> = z.strictObject({
  file: repositoryPath.default("CHANGELOG.md").describe("The changelog"),
  paths: globs.describe("A change of one of these needs an entry, as globs"),
  skipLabel: labelName.optional().describe("With this label a pull request needs no entry; absent: each does"),
});

const benchmarks: z.ZodType<BenchmarkOptions> = z.strictObject({
  run: commandLine.describe("Runs them and writes the results"),
  results: repositoryPath.default("benchmarks.json").describe("The results: pytest-benchmark's JSON"),
  warnPercent: percentage.default(15).describe("Slower than the base by more than this, and beyond chance, is worth a warning"),
});

const measured: z.ZodType<MeasuredOptions> = z.strictObject({
  language: z.enum(["go", "node", "python"]).describe("What the code is written in"),
  version: text(/^\d+(\.(\d+|x)){0,2}$/, "is not a version of a language", 'write it in quotes, such as "3.12"').describe("Its version"),
  install: commandLine.describe("Installs the code with what its tests need"),
  coverage: z
    .strictObject({
      run: commandLine.describe("Runs the tests and writes the report"),
      report: repositoryPath.default("coverage.xml").describe("The report: Cobertura, lcov, coverage.py's JSON or Go's cover profile"),
      minimumPercent: percentage.default(70).describe("Below it the check fails"),
    })
    .describe("Coverage of the tests"),
  benchmarks: benchmarks.optional().describe("Benchmarks, measured on the base and on the change; absent: none"),
});

export const prChecks: z.ZodType<PrChecksOptions> = z.strictObject({
  types: z.array(commitType).min(1, "allows no type; add one, such as feat").default(CONVENTIONAL).describe("Types that titles and commits may have"),
  labels: z.record(commitType, labelName).default({}).describe("Label by type of the title"),
  size: z
    .strictObject({
      warnLines: whole(1, 100_000, "lines").default(500).describe("More changed lines than this are worth a warning"),
      ignore: z.array(glob).default(LOCK_FILES).describe("Files that do not count, as globs"),
    })
    .prefault({})
    .describe("Size of a change"),
  changelog: changelog.optional().describe("Changes that need an entry in the changelog; absent: none does"),
  measured: measured.optional().describe("What needs the code to run: coverage and benchmarks; absent: neither"),
});
