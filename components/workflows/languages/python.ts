import { pinned } from "../kit/index.ts";
import type { Step } from "../kit/index.ts";
import type { Toolchain } from "./toolchain.ts";

/** A Python project. Its tools come from its own development dependencies, so that people and CI have the same ones. */
export interface PythonProject {
  language: "python";
  /** Oldest first: `3.9`. */
  versions: [string, ...string[]];
  dependencies:
    /** pip with requirement files. */
    | { kind: "requirements"; files: [string, ...string[]] }
    /** pip with the project itself and extras of it. */
    | { kind: "project"; extras: string[] }
    /** uv with its lock file, all dependency groups and extras. */
    | { kind: "uv" };
  /** Folder of the code. */
  source: string;
  /** Folder of the tests. */
  tests: string;
  linter: { kind: "ruff" } | Flake8;
  /** Whether black checks the format. */
  black: boolean;
  /** Absent: no mypy. */
  mypy?: { ignoreMissingImports: boolean } | undefined;
  /** Whether bandit looks for insecure code. */
  bandit: boolean;
  audit: "safety" | "pip-audit" | "none";
  /** Per cent of lines, 0 to 100. */
  coverageMinimum: number;
}

/** Errors fail the job; style is only reported. */
interface Flake8 {
  kind: "flake8";
  /** Branches of one function, ≥ 1. */
  maxComplexity: number;
  /** Characters. */
  maxLineLength: number;
}

export function python(project: PythonProject): Toolchain {
  const { versions, source, tests, coverageMinimum } = project;
  const run = runner(project);
  return {
    label: "Python",
    versions,
    setUp: (version, cache) => [language(project, version, cache), install(project)],
    setUpBuild: (version) => [language(project, version, false)],
    lint: lint(project, run),
    tests: [{ name: "Test", run: run(`pytest ${tests} --cov=${source} --cov-report=term --cov-report=xml --cov-fail-under=${coverageMinimum}`) }],
    coverageFile: "coverage.xml",
    audit: audit(project, run),
    race: [],
    build: build(project),
  };
}

type Runner = (command: string) => string;

function runner({ dependencies }: PythonProject): Runner {
  return (command) => (dependencies.kind === "uv" ? `uv run --no-sync ${command}` : command);
}

function language({ dependencies }: PythonProject, version: string, cache: boolean): Step {
  if (dependencies.kind === "uv") return { name: "Set up uv", uses: pinned("astral-sh/setup-uv"), with: { "python-version": version, "enable-cache": cache } };
  const files = dependencies.kind === "requirements" ? dependencies.files : ["pyproject.toml"];
  return {
    name: "Set up Python",
    uses: pinned("actions/setup-python"),
    with: { "python-version": version, ...(cache && { cache: "pip", "cache-dependency-path": files.join("\n") }) },
  };
}

function install({ dependencies }: PythonProject): Step {
  return { name: "Install dependencies", run: dependencies.kind === "uv" ? "uv sync --locked --all-extras --all-groups" : `python -m pip install ${installed(dependencies)}` };
}

function installed(dependencies: Exclude<PythonProject["dependencies"], { kind: "uv" }>): string {
  if (dependencies.kind === "requirements") return requirements(dependencies.files);
  return dependencies.extras.length === 0 ? "--editable ." : `--editable ".[${dependencies.extras.join(",")}]"`;
}

function requirements(files: readonly string[]): string {
  return files.map((file) => `--requirement ${file}`).join(" ");
}

function lint({ source, tests, linter, black, mypy, bandit }: PythonProject, run: Runner): Step[] {
  const both = `${source} ${tests}`;
  return [
    ...linting(linter, both, run),
    ...(black ? [{ name: "Check the format", run: run(`black --check ${both}`) }] : []),
    ...(mypy ? [{ name: "Check types", run: run(`mypy ${source}${mypy.ignoreMissingImports ? " --ignore-missing-imports" : ""}`) }] : []),
    ...(bandit ? [{ name: "Look for insecure code", run: run(`bandit --recursive ${source}`) }] : []),
  ];
}

function linting(linter: PythonProject["linter"], both: string, run: Runner): Step[] {
  if (linter.kind === "ruff") return [{ name: "Lint", run: run(`ruff check --output-format=github ${both}`) }];
  return [
    { name: "Lint for errors", run: run(`flake8 ${both} --count --select=E9,F63,F7,F82 --show-source --statistics`) },
    { name: "Report style", run: run(`flake8 ${both} --count --exit-zero --max-complexity=${linter.maxComplexity} --max-line-length=${linter.maxLineLength} --statistics`) },
  ];
}

function audit({ audit: tool, dependencies }: PythonProject, run: Runner): Step[] {
  if (tool === "none") return [];
  if (tool === "safety") return [{ name: "Check dependencies", run: run("safety check --full-report") }];
  switch (dependencies.kind) {
    case "requirements":
      return [{ name: "Check dependencies", run: `pipx run pip-audit ${requirements(dependencies.files)}` }];
    case "project":
      return [{ name: "Check dependencies", run: "pipx run pip-audit ." }];
    case "uv":
      return [
        { name: "List dependencies", run: "uv export --locked --no-emit-project --output-file locked.txt" },
        { name: "Check dependencies", run: "uvx pip-audit --disable-pip --require-hashes --requirement locked.txt" },
      ];
    default:
      return dependencies satisfies never;
  }
}

function build({ dependencies }: PythonProject): Step[] {
  const [builder, runTool] = dependencies.kind === "uv" ? ["uv build", "uvx"] : ["pipx run build", "pipx run"];
  return [
    { name: "Build the package", run: builder },
    { name: "Check the package", run: `${runTool} twine check --strict dist/*` },
  ];
}
