import { commandLine } from "../containers/words.ts";
import { pinned, runScript } from "../kit/index.ts";
import type { Environment, Repository, RunStep, Step } from "../kit/index.ts";

/** A package as its users install it. */
export interface PythonPackage {
  /** Its name in the index. @default the repository's name */
  project?: string | undefined;
  /** What users import. @default the project's name with _ for - and . */
  module?: string | undefined;
  /** A command that it brings and that ends by itself. @default it brings none */
  command?: string[] | undefined;
  /** Put before a version to make a tag; "" for none. */
  tagPrefix: string;
}

/** Tests of the repository that run against an installed package. */
export interface PythonTests {
  /** What they need beside it, as pip takes it. */
  install: string[];
  command: string[];
}

/** What builds a package, at one version. */
export const BUILD = "build==1.6.1";

type Named = Pick<PythonPackage, "project" | "module">;

export function projectOf({ project }: Named, { name }: Repository): string {
  return project ?? name;
}

export function moduleOf(settings: Named, repository: Repository): string {
  return settings.module ?? projectOf(settings, repository).toLowerCase().replace(/[-.]+/g, "_");
}

export function setupPython(version: string): Step {
  return { name: "Set up Python", uses: pinned("actions/setup-python"), with: { "python-version": version } };
}

/** Installs the package as its users do; `specifier` is pip's, such as `$PROJECT==$VERSION`. */
export function installPackage(specifier: string, env: Environment): RunStep {
  return { name: "Install", run: `python -m pip install --no-cache-dir "${specifier}"\npython -m pip check`, shell: "bash", env };
}

/** Imports what was installed and runs its command. */
export function checkPackage(settings: PythonPackage, repository: Repository, version: string): RunStep {
  return runScript("verify-install.py", {
    name: "Import it and run its command",
    env: {
      PROJECT: projectOf(settings, repository),
      VERSION: version,
      MODULE: moduleOf(settings, repository),
      ...(settings.command && { COMMAND: JSON.stringify(settings.command) }),
    },
  });
}

/** Runs tests of the repository against what is installed. */
export function runTests({ install, command }: PythonTests): Step[] {
  return [
    ...(install.length > 0 ? [{ name: "Install what the tests need", run: commandLine(["python", "-m", "pip", "install", ...install]) }] : []),
    { name: "Run the tests", run: commandLine(command) },
  ];
}
