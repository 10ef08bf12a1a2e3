/** Loaded first into a process that a test starts: writes which lines of the project it ran to SLIPWAY_COVERAGE when it ends. */
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folders = /\/(?:components|settings|operations|policy|sandbox|toolchain)\/[^?]+\.ts$/;
const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

process.on("exit", () => {
  session.post("Profiler.takePreciseCoverage", (error, taken) => {
    if (error) throw error;
    const ours = taken.result.filter((script) => script.url.startsWith("file://") && folders.test(script.url) && !script.url.includes("/node_modules/"));
    const scripts = ours.map((script) => ({ path: fileURLToPath(script.url), functions: script.functions }));
    writeFileSync(join(process.env.SLIPWAY_COVERAGE, `${process.pid}-${Date.now()}.json`), JSON.stringify(scripts));
  });
});
