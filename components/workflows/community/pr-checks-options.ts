/** What a pull request is told about itself, in one comment that is kept up to date. */
export interface PrChecksOptions {
  /** Types that titles and commits may have. */
  types: string[];
  /** Label by type of the title; a type that is not here gives none. */
  labels: Record<string, string>;
  size: {
    /** More changed lines than this are worth a warning. */
    warnLines: number;
    /** Files that do not count, as globs. */
    ignore: string[];
  };
  /** Absent: nobody asks for an entry. */
  changelog?: ChangelogOptions | undefined;
  /** What tests run on. Absent with no coverage and no benchmarks. */
  measured?: MeasuredOptions | undefined;
}

export interface ChangelogOptions {
  file: string;
  /** A change of one of these needs an entry, as globs. */
  paths: string[];
  /** With this label it needs none. */
  skipLabel?: string | undefined;
}

/** What needs the code to run. */
export interface MeasuredOptions {
  language: "go" | "node" | "python";
  version: string;
  /** Installs the code with what its tests need. */
  install: string;
  coverage: {
    /** Runs the tests and writes the report. */
    run: string;
    /** Cobertura, lcov, coverage.py's JSON or Go's cover profile. */
    report: string;
    /** Per cent of lines or statements; below it the check fails. */
    minimumPercent: number;
  };
  /** Absent: nothing is measured. */
  benchmarks?: BenchmarkOptions | undefined;
}

export interface BenchmarkOptions {
  /** Runs them and writes the results. */
  run: string;
  /** pytest-benchmark's JSON. */
  results: string;
  /** Slower by more than this, and beyond chance, is worth a warning. Per cent. */
  warnPercent: number;
}
