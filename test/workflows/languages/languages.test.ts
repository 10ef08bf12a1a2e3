import { newest, toolchain } from "../../../components/workflows/languages/index.ts";
import type { GoProject, NodeProject, Project, PythonProject, Toolchain } from "../../../components/workflows/languages/index.ts";
import type { Step } from "../../../components/workflows/kit/index.ts";

const runs = (steps: readonly Step[]): string[] => steps.flatMap((step) => ("run" in step ? [step.run] : [step.uses.replace(/@.*/, "")]));
const withs = (steps: readonly Step[]): object[] => steps.flatMap((step) => ("uses" in step ? [step.with ?? {}] : []));

function pythonTools(changes: Partial<PythonProject> = {}): Toolchain {
  return toolchain({
    language: "python",
    versions: ["3.9", "3.12"],
    dependencies: { kind: "project", extras: ["dev", "test"] },
    source: "shop",
    tests: "tests",
    linter: { kind: "ruff" },
    black: true,
    mypy: { ignoreMissingImports: false },
    bandit: true,
    audit: "pip-audit",
    coverageMinimum: 70,
    ...changes,
  });
}

describe("Python's tools", () => {
  it("lint, format, type, look for insecure code, and test with a least coverage", () => {
    const tools = pythonTools();
    expect(runs(tools.lint)).toEqual(["ruff check --output-format=github shop tests", "black --check shop tests", "mypy shop", "bandit --recursive shop"]);
    expect(runs(tools.tests)).toEqual(["pytest tests --cov=shop --cov-report=term --cov-report=xml --cov-fail-under=70"]);
    expect(runs(tools.build)).toEqual(["pipx run build", "pipx run twine check --strict dist/*"]);
    expect(newest(tools)).toBe("3.12");
  });

  it("leave out what a team does not use", () => {
    const tools = pythonTools({ black: false, mypy: undefined, bandit: false, audit: "none" });
    expect(runs(tools.lint)).toEqual(["ruff check --output-format=github shop tests"]);
    expect(tools.audit).toEqual([]);
  });

  it("with flake8 stop at errors and only report style", () => {
    const tools = pythonTools({ linter: { kind: "flake8", maxComplexity: 10, maxLineLength: 127 }, mypy: { ignoreMissingImports: true }, black: false, bandit: false });
    expect(runs(tools.lint)).toEqual([
      "flake8 shop tests --count --select=E9,F63,F7,F82 --show-source --statistics",
      "flake8 shop tests --count --exit-zero --max-complexity=10 --max-line-length=127 --statistics",
      "mypy shop --ignore-missing-imports",
    ]);
  });

  it.each([
    [{ kind: "project", extras: [] }, ["actions/setup-python", "python -m pip install --editable ."], ["pipx run pip-audit ."]],
    [{ kind: "project", extras: ["dev", "test"] }, ["actions/setup-python", 'python -m pip install --editable ".[dev,test]"'], ["pipx run pip-audit ."]],
    [{ kind: "requirements", files: ["a.txt", "b.txt"] }, ["actions/setup-python", "python -m pip install --requirement a.txt --requirement b.txt"], ["pipx run pip-audit --requirement a.txt --requirement b.txt"]],
    [{ kind: "uv" }, ["astral-sh/setup-uv", "uv sync --locked --all-extras --all-groups"], ["uv export --locked --no-emit-project --output-file locked.txt", "uvx pip-audit --disable-pip --require-hashes --requirement locked.txt"]],
  ] as const)("install and audit dependencies of %j", (dependencies, installed, audited) => {
    const tools = pythonTools({ dependencies: dependencies as PythonProject["dependencies"] });
    expect(runs(tools.setUp("3.12", true))).toEqual(installed);
    expect(runs(tools.audit)).toEqual(audited);
  });

  it("run in uv's environment where the project has one", () => {
    const tools = pythonTools({ dependencies: { kind: "uv" }, audit: "safety" });
    expect(runs([...tools.lint, ...tools.tests, ...tools.audit]).every((run) => run.startsWith("uv run --no-sync "))).toBe(true);
    expect(runs(tools.build)).toEqual(["uv build", "uvx twine check --strict dist/*"]);
  });

  it("cache where nothing is published, and nowhere else", () => {
    expect(withs(pythonTools().setUp("3.9", true))).toEqual([{ "python-version": "3.9", cache: "pip", "cache-dependency-path": "pyproject.toml" }]);
    expect(withs(pythonTools().setUp("3.9", false))).toEqual([{ "python-version": "3.9" }]);
    expect(withs(pythonTools({ dependencies: { kind: "uv" } }).setUp("3.9", false))).toEqual([{ "python-version": "3.9", "enable-cache": false }]);
    expect(runs(pythonTools().setUpBuild("3.9", true))).toEqual(["actions/setup-python"]);
  });
});

describe("Go's tools", () => {
  const project: GoProject = { language: "go", versions: ["stable"], golangciLint: "v2.5", race: true, govulncheck: "v1.1.4", coverageMinimum: 60 };

  it("vet, lint, test with coverage, race and check dependencies", () => {
    const tools = toolchain(project);
    expect(runs(tools.lint)).toEqual(["go vet ./...", "golangci/golangci-lint-action"]);
    expect(runs(tools.tests)).toEqual(["go test -shuffle=on -covermode=atomic -coverprofile=coverage.out ./...", "node .github/scripts/go-coverage.mjs"]);
    expect(tools.tests[1]?.env).toEqual({ COVERAGE_MINIMUM_PERCENT: 60 });
    expect(runs(tools.race)).toEqual(["go test -race -shuffle=on ./..."]);
    expect(runs(tools.audit)).toEqual(["go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 ./..."]);
    expect(withs(tools.setUp("stable", false))).toEqual([{ "go-version": "stable", cache: false }]);
  });

  it("do the least where a team asks for no more", () => {
    const tools = toolchain({ ...project, golangciLint: undefined, race: false, govulncheck: undefined, coverageMinimum: 0 });
    expect(runs([...tools.lint, ...tools.tests, ...tools.race, ...tools.audit])).toEqual(["go vet ./...", "go test -shuffle=on -covermode=atomic -coverprofile=coverage.out ./..."]);
  });
});

describe("Node.js' tools", () => {
  const project: NodeProject = { language: "node", versions: ["22", "24"], packageManager: "npm", lint: "lint", types: "types", test: "test", coverageFile: "coverage/lcov.info", build: "build", audit: "high" };

  it.each(["npm", "pnpm"] as const)("run the package's own scripts with %s", (packageManager) => {
    const tools = toolchain({ ...project, packageManager });
    const named = (...names: string[]): string[] => names.map((name) => `${packageManager} run ${name}`);
    expect(runs([...tools.lint, ...tools.tests])).toEqual(named("lint", "types", "test"));
    expect(runs(tools.build)).toEqual([...named("build"), `${packageManager} pack`]);
    expect(runs(tools.audit)).toEqual([`${packageManager} audit --audit-level=high`]);
  });

  it("install from the lock file, and cache nowhere where something is published", () => {
    expect(runs(toolchain(project).setUp("24", true))).toEqual(["actions/setup-node", "npm ci"]);
    expect(withs(toolchain(project).setUp("24", false))).toEqual([{ "node-version": "24", "package-manager-cache": false }]);
    const pnpm: Project = { ...project, packageManager: "pnpm" };
    expect(runs(toolchain(pnpm).setUp("24", true))).toEqual(["pnpm/action-setup", "actions/setup-node", "pnpm install --frozen-lockfile"]);
    expect(withs(toolchain(pnpm).setUp("24", false))).toEqual([{ cache: false }, { "node-version": "24", "package-manager-cache": false }]);
  });

  it("name no script that the package has not", () => {
    const tools = toolchain({ ...project, lint: undefined, types: undefined, build: undefined, audit: "none" });
    expect(runs([...tools.lint, ...tools.audit, ...tools.build])).toEqual(["npm pack"]);
  });
});
