import type { Step } from "../kit/index.ts";

/** What a language's tools do for a project, as steps of a job that has checked it out. */
export interface Toolchain {
  /** As people write it: `Python`. */
  label: string;
  /** Oldest first; single jobs take the last. */
  versions: readonly [string, ...string[]];
  /** Installs the language and the project's dependencies. Jobs that publish set `cache` to false. */
  setUp(version: string, cache: boolean): Step[];
  /** What `build` needs, which is less where the tools bring themselves. */
  setUpBuild(version: string, cache: boolean): Step[];
  /** Lint, format, types, static security. */
  lint: readonly Step[];
  /** Tests that write `coverageFile`; they fail under the least coverage. */
  tests: readonly Step[];
  coverageFile: string;
  /** Looks for known vulnerabilities in the dependencies. */
  audit: readonly Step[];
  /** Tests under the race detector, where the language has one. */
  race: readonly Step[];
  /** Builds what is published and checks it. */
  build: readonly Step[];
}
