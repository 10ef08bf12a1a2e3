import { slipwayProgram } from "./commands/program.ts";
import { say } from "./progress.ts";

try {
  await slipwayProgram().parseAsync();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
