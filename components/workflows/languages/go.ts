import { pinned, runScript } from "../kit/index.ts";
import type { Step } from "../kit/index.ts";
import type { Toolchain } from "./toolchain.ts";

/** A Go module. */
export interface GoProject {
  language: "go";
  /** As actions/setup-go takes them, oldest first: `oldstable`, `stable`, `1.25`. */
  versions: [string, ...string[]];
  /** Version of golangci-lint, such as `v2.5`. @default absent: only go vet */
  golangciLint?: string | undefined;
  /** Whether the tests run under the race detector too. */
  race: boolean;
  /** Version of govulncheck, such as `v1.1.4`. @default absent: no check */
  govulncheck?: string | undefined;
  /** Per cent of statements, 0 to 100. */
  coverageMinimum: number;
}

export function go({ versions, golangciLint, race, govulncheck, coverageMinimum }: GoProject): Toolchain {
  const setUp = (version: string, cache: boolean): Step[] => [{ name: "Set up Go", uses: pinned("actions/setup-go"), with: { "go-version": version, cache } }];
  return {
    label: "Go",
    versions,
    setUp,
    setUpBuild: setUp,
    lint: [
      { name: "Vet", run: "go vet ./..." },
      ...(golangciLint === undefined ? [] : [{ name: "Lint", uses: pinned("golangci/golangci-lint-action"), with: { version: golangciLint } }]),
    ],
    tests: [
      { name: "Test", run: "go test -shuffle=on -covermode=atomic -coverprofile=coverage.out ./..." },
      ...(coverageMinimum === 0 ? [] : [leastCoverage(coverageMinimum)]),
    ],
    coverageFile: "coverage.out",
    audit: govulncheck === undefined ? [] : [{ name: "Check dependencies", run: `go run golang.org/x/vuln/cmd/govulncheck@${govulncheck} ./...` }],
    race: race ? [{ name: "Test for races", run: "go test -race -shuffle=on ./..." }] : [],
    build: [{ name: "Build", run: "go build -trimpath ./..." }],
  };
}

function leastCoverage(percent: number): Step {
  return runScript("go-coverage.mjs", { name: "Check the coverage", env: { COVERAGE_MINIMUM_PERCENT: percent } });
}
