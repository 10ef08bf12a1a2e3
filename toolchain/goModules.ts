import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.ts";
import { unreachable } from "./official.ts";
import { ticking } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { goVersion } from "./versions.ts";

interface Build {
  program: string;
  /** The Go module beside this file whose go.mod and go.sum pin every source file of the program. */
  module: string;
  package: string;
  /** What the linker writes into the program: the CLI refuses to run without a version. */
  linked: string;
}

const builds: Build[] = [
  {
    program: "pulumi",
    module: "pulumi-cli",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    linked: ` -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${goVersion}`,
  },
  {
    program: "pulumi-language-nodejs-3.68.0",
    module: "pulumi-language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    linked: "",
  },
];

/**
 * The built host knows `typescript: false` of Pulumi.yaml only as a flag. Without it, it loads ts-node, which TypeScript 7 breaks;
 * so the engine finds this script under the host's name.
 */
const host = `#!/bin/sh
exec "$(dirname "$0")/pulumi-language-nodejs-3.68.0" -typescript=false "$@"
`;

/** A module proxy that does not answer is switched off, so that Go says at once which module it lacks and does not wait. */
export async function proxyEnvironment(): Promise<NodeJS.ProcessEnv> {
  const { stdout } = await command("go", ["env", "GOPROXY"]);
  const proxy = stdout.trim().split(/[,|]/).find((each) => each.startsWith("http"));
  if (proxy === undefined || (await unreachable(proxy)) === undefined) return process.env;
  return { ...process.env, GOPROXY: "off" };
}

async function build(each: Build, bin: string, environment: NodeJS.ProcessEnv, progress: Progress): Promise<string | undefined> {
  let modules = 0;
  let packages = 0;
  const line = (text: string) => void (text.startsWith("go: downloading ") ? modules++ : packages++);
  const describe = () => `building ${each.program} from Go modules: ${modules} modules fetched, ${packages} packages compiled`;
  const args = ["build", "-v", "-mod=readonly", "-buildvcs=false", "-ldflags", `-s -w${each.linked}`, "-o", join(bin, each.program), each.package];
  const done = await ticking(progress, describe, () => command("go", args, { folder: join(import.meta.dirname, each.module), environment, line }));
  if (done.code === 0) return undefined;
  const said = done.stderr.trim().split("\n").filter((text) => !text.startsWith("go: downloading "));
  return `go build of ${each.program}: ${said.slice(-3).join("; ")}`;
}

/**
 * Builds the CLI and its language host into `<folder>/<version>`, 3 to 4 minutes on two cores the first time. Go keeps what it
 * compiled, so a build that was interrupted goes on where it stopped. `reason` is why nothing could be downloaded.
 * Returns why it could not, or undefined when it did.
 */
export async function buildFromModules(folder: string, progress: Progress, reason: string): Promise<string | undefined> {
  if ((await command("go", ["version"])).code !== 0) return "go: not installed";
  progress(`the Pulumi CLI cannot be downloaded (${reason}): building it from Go modules, once, about 4 minutes`);
  const environment = await proxyEnvironment();
  mkdirSync(folder, { recursive: true });
  const partial = mkdtempSync(join(folder, "partial-"));
  try {
    for (const each of builds) {
      const failure = await build(each, join(partial, "bin"), environment, progress);
      if (failure !== undefined) return failure;
    }
    writeFileSync(join(partial, "bin", "pulumi-language-nodejs"), host, { mode: 0o755 });
    const target = join(folder, goVersion);
    rmSync(target, { recursive: true, force: true });
    renameSync(partial, target);
    return undefined;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
