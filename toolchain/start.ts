import { relative } from "node:path";
import { root } from "./paths.ts";
import { Problem } from "./problem.ts";
import { openSandbox } from "./sandbox.ts";
import { readSystems } from "./systems.ts";
import { tour } from "./tour.ts";

/** `slipway start`: brings stack sandbox up and prints the tour. Safe to run again. Returns the exit code. */
export async function start(): Promise<number> {
  const sandbox = await openSandbox();
  try {
    const code = await sandbox.run(["up", "--yes", "--skip-preview", "--suppress-outputs", "--suppress-permalink=true"]);
    if (code !== 0) return code;
    const outputs = await sandbox.capture(["stack", "output", "--json", "--stack", "sandbox"]);
    if (outputs.code !== 0) throw new Problem(`stack sandbox: its outputs cannot be read, got "${outputs.stderr.trim()}"; run npm start again`);
    const cloud = relative(process.cwd(), sandbox.folders.cloud);
    process.stdout.write(tour(readSystems(JSON.parse(outputs.stdout)), cloud.startsWith("..") ? sandbox.folders.cloud : cloud));
    return 0;
  } finally {
    await sandbox.close();
  }
}
