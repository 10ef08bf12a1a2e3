import { Command } from "commander";
import { addDayTwo } from "./day-two.ts";
import { addHouse } from "./house.ts";
import { addLab } from "./lab.ts";
import { addOperations } from "./operations.ts";
import { addRollout } from "./rollout.ts";
import { addSimulate } from "./simulate.ts";

/** Every command; nothing runs before it is asked to parse a line. */
export function slipwayProgram(): Command {
  const program = new Command("slipway")
    .description("Everything between a repository and its users, as one Pulumi program")
    .enablePositionalOptions()
    .showHelpAfterError("slipway --help lists the commands");
  addHouse(program);
  addOperations(program);
  addDayTwo(program);
  addRollout(program);
  addSimulate(program);
  addLab(program);
  return program;
}
