import { pinned } from "../kit/index.ts";
import type { Step } from "../kit/index.ts";
import type { Toolchain } from "./toolchain.ts";

/** A Node.js package. What its tools do is in the scripts of its package.json; a script that it has not is not named here. */
export interface NodeProject {
  language: "node";
  /** Oldest first: `20`. */
  versions: [string, ...string[]];
  packageManager: "npm" | "pnpm";
  /** Script that lints. @default absent: none */
  lint?: string | undefined;
  /** Script that checks types. @default absent: none */
  types?: string | undefined;
  /** Script that tests, and fails under the least coverage. */
  test: string;
  /** lcov file that the tests write. */
  coverageFile: string;
  /** Script that builds. @default absent: none */
  build?: string | undefined;
  /** Advisories from this severity on fail the check. */
  audit: "low" | "moderate" | "high" | "critical" | "none";
}

export function node(project: NodeProject): Toolchain {
  const { versions, packageManager, lint, types, test, coverageFile, build, audit } = project;
  const script = (name: string, of: string | undefined): Step[] => (of === undefined ? [] : [{ name, run: `${packageManager} run ${of}` }]);
  return {
    label: "Node.js",
    versions,
    setUp: (version, cache) => setUp(packageManager, version, cache),
    setUpBuild: (version, cache) => setUp(packageManager, version, cache),
    lint: [...script("Lint", lint), ...script("Check types", types)],
    tests: script("Test", test),
    coverageFile,
    audit: audit === "none" ? [] : [{ name: "Check dependencies", run: `${packageManager} audit --audit-level=${audit}` }],
    race: [],
    build: [...script("Build", build), { name: "Pack", run: `${packageManager} pack` }],
  };
}

function setUp(packageManager: NodeProject["packageManager"], version: string, cache: boolean): Step[] {
  const caching = cache ? { cache: packageManager } : { "package-manager-cache": false };
  const setUpNode: Step = { name: "Set up Node.js", uses: pinned("actions/setup-node"), with: { "node-version": version, ...caching } };
  if (packageManager === "npm") return [setUpNode, { name: "Install dependencies", run: "npm ci" }];
  return [
    { name: "Set up pnpm", uses: pinned("pnpm/action-setup"), ...(!cache && { with: { cache: false } }) },
    setUpNode,
    { name: "Install dependencies", run: "pnpm install --frozen-lockfile" },
  ];
}
