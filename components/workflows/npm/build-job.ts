import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Repository, Step, StepsJob } from "../kit/index.ts";
import { buildEnvironment, machines } from "./tool.ts";
import type { GoTool } from "./tool.ts";

export interface BuildOptions {
  /** Expression of the version that the programs say. */
  version: string;
  /** What to check out. @default the commit that the run is for */
  ref?: string;
  /** Whether Go's caches are restored, and saved on the default branch. */
  cached: boolean;
}

const PLATFORM = "${{ matrix.platform }}";
const FILE = "${{ steps.build.outputs.file }}";
const CACHE = ".cache/go";
const MODULES = "${{ hashFiles('go.sum') }}";
const KEY = `go-${PLATFORM}-${MODULES}-\${{ github.sha }}`;

/** Builds the program on all platforms at once, and keeps each as an artifact of its own once it has proved what it is. */
export function buildJob(tool: GoTool, repository: Repository, { version, ref, cached }: BuildOptions): StepsJob {
  return {
    name: `Build ${PLATFORM}`,
    strategy: { matrix: { include: machines(tool) } },
    runsOn: "${{ matrix.runner }}",
    timeoutMinutes: 30,
    ...(cached && { env: { GOMODCACHE: `\${{ github.workspace }}/${CACHE}/modules`, GOCACHE: `\${{ github.workspace }}/${CACHE}/build` } }),
    steps: [
      checkout(ref === undefined ? {} : { ref }),
      { name: "Set up Go", uses: pinned("actions/setup-go"), with: { "go-version-file": "go.mod", cache: false } },
      ...(cached ? [restore()] : []),
      { name: "Check the modules against go.sum", run: "go mod download\ngo mod verify" },
      runScript("build-go.mjs", { name: "Build", id: "build", env: { ...buildEnvironment(tool, repository), PLATFORM, VERSION: version } }),
      runScript("verify-binary.mjs", { name: "Verify the program", env: { FILE, PLATFORM, VERSION: version } }),
      {
        name: "Keep the program",
        uses: pinned("actions/upload-artifact"),
        with: { name: `binary-${PLATFORM}`, path: FILE, "if-no-files-found": "error", "compression-level": 9, "retention-days": 7 },
      },
      ...(cached ? [save(repository)] : []),
    ],
  };
}

function restore(): Step {
  const fallbacks = [`go-${PLATFORM}-${MODULES}-`, `go-${PLATFORM}-`];
  return { name: "Restore Go's caches", uses: pinned("actions/cache", "restore"), with: { path: CACHE, key: KEY, "restore-keys": fallbacks.join("\n") } };
}

/** Only what the default branch saved may reach a release: GitHub shows a tag's run no other branch's caches. */
function save({ defaultBranch }: Repository): Step {
  return { name: "Save Go's caches", if: `github.ref == 'refs/heads/${defaultBranch}'`, uses: pinned("actions/cache", "save"), with: { path: CACHE, key: KEY } };
}

/** Brings the programs of all platforms into one folder. */
export function getBinaries(path: string): Step {
  return { name: "Get the programs", uses: pinned("actions/download-artifact"), with: { pattern: "binary-*", "merge-multiple": true, path } };
}
