import type { Instruction } from "../components/delivery/release-types.ts";
import { problemsOf } from "./issues.ts";
import { json } from "./json.ts";
import { messageOf } from "./messages.ts";
import { pathText } from "./problem.ts";
import type { Problem } from "./problem.ts";
import { instructionsSchema } from "./schema/instruction.ts";

/** The environment variable in which operations hand their instructions to one update. */
export const INSTRUCTIONS = "SLIPWAY_INSTRUCTIONS";

/** Reads a JSON list of instructions; absent and empty mean none. `services` are those that the stack declares, if that is known. */
export function parseInstructions(
  text: string | undefined,
  services: ReadonlySet<string> | undefined,
): { instructions: readonly Instruction[]; problems: Problem[] } {
  if (text === undefined || text === "") return { instructions: [], problems: [] };
  const given = json(text);
  if (given === undefined) return { instructions: [], problems: [notJson(text)] };
  const result = instructionsSchema.safeParse(given, { error: messageOf });
  if (!result.success) return { instructions: [], problems: problemsOf(result.error.issues, [INSTRUCTIONS], given) };
  return { instructions: result.data, problems: result.data.flatMap(({ service }, at) => strangeService(service, at, services)) };
}

function notJson(text: string): Problem {
  return { path: INSTRUCTIONS, wrong: "is not JSON", got: text, todo: "write a list such as [{\"action\":\"promote\",\"service\":\"shop\",\"id\":\"r0123456789\"}]" };
}

function strangeService(service: string, at: number, services: ReadonlySet<string> | undefined): Problem[] {
  if (services === undefined || services.has(service)) return [];
  const known = [...services].join(", ") || "a stack that declares it";
  return [{ path: pathText([INSTRUCTIONS, at, "service"]), wrong: "is no service of this stack", got: service, todo: `use ${known}` }];
}
