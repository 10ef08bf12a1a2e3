import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { CommanderError } from "commander";
import type { Command } from "commander";
import { slipwayProgram } from "../../toolchain/commands/program.ts";
import { codeBlocks, commandsIn, spans } from "./commands.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const PAGES = ["README.md", ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`).sort()];
const TEXTS = PAGES.map((page) => [page, readFileSync(join(root, page), "utf8")] as const);

/** The program, told to parse and to run nothing. */
function idle(): Command {
  const program = slipwayProgram();
  for (const command of everyCommand(program)) command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  for (const command of everyCommand(program).filter(({ commands }) => commands.length === 0)) command.action(() => {});
  return program;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** What is wrong with a line as commander sees it; undefined where it would run. */
async function wrongWith(words: readonly string[]): Promise<string | undefined> {
  try {
    await idle().parseAsync([...words], { from: "user" });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? undefined : error.message;
    throw error;
  }
}

/** What is wrong with a mention, of which more than names need not be written. */
function unknownIn([first = "", ...words]: readonly string[]): string | undefined {
  if (/^[<…]/.test(first)) return undefined;
  let command = first.startsWith("-") ? slipwayProgram() : slipwayProgram().commands.find((each) => each.name() === first);
  if (command === undefined) return `there is no command ${first}`;
  for (const word of words) {
    const inner: Command | undefined = command.commands.find((each) => each.name() === word);
    command = inner ?? command;
    const [name = ""] = word.split("=");
    if (/^--./.test(name) && name !== "--help" && !PASSING.has(first) && !command.options.some(({ long }) => long === name)) return `${first} has no option ${name}`;
  }
  return undefined;
}

/** Commands that hand what they do not know to another program. */
const PASSING = new Set(["sandbox", "fleet", "test", "bench"]);

describe("the commands that the documents name", () => {
  const lines = TEXTS.flatMap(([page, text]) => codeBlocks(text).flatMap((block) => commandsIn(block)).map((words) => ({ page, words })));
  const mentions = TEXTS.flatMap(([page, text]) => spans(text).flatMap((span) => commandsIn(span)).map((words) => ({ page, words })));

  test("are found", () => {
    expect(lines.length).toBeGreaterThan(40);
    expect(mentions.length).toBeGreaterThan(20);
    expect(lines.map(({ words }) => words[0])).toEqual(expect.arrayContaining(["sandbox", "rollout", "metrics", "report", "lab"]));
  });

  test("would run as they stand in a block of code", async () => {
    const wrong = await Promise.all(lines.map(async ({ page, words }) => [`${page}: slipway ${words.join(" ")}`, await wrongWith(words)]));
    expect(wrong.filter(([, said]) => said !== undefined)).toEqual([]);
  });

  test("exist where a sentence names them, with their options", () => {
    expect(mentions.map(({ page, words }) => [`${page}: slipway ${words.join(" ")}`, unknownIn(words)]).filter(([, said]) => said !== undefined)).toEqual([]);
  });

  test("are all described somewhere, by a call, by a name in a list, or by npm's own", () => {
    const named = TEXTS.flatMap(([, text]) => spans(text).flatMap((span) => /^([a-z]+)( |$)/.exec(span)?.[1] ?? []));
    const byNpm = TEXTS.flatMap(([, text]) => [...text.matchAll(/npm (?:run )?(start|test|bench)\b/g)].map(([, name]) => name));
    const described = new Set([...lines.map(({ words }) => words[0]), ...mentions.map(({ words }) => words[0]), ...named, ...byNpm]);
    expect(slipwayProgram().commands.map((command) => command.name()).filter((name) => !described.has(name))).toEqual([]);
  });
});

describe("a document's commands", () => {
  test("are read without comments, brackets, prompts and what follows a pipe", () => {
    expect(commandsIn('npm run --silent slipway -- rollback <service> [--reason "it is slow"] --json | jq .   # a comment')).toEqual([["rollback", "<service>", "--reason", "it is slow", "--json"]]);
    expect(commandsIn('eval "$(npm run --silent slipway -- lab kubectl-env)"')).toEqual([["lab", "kubectl-env"]]);
    expect(commandsIn("slipway drift --stack a --json > drift.json\nslipway report --drift drift.json")).toEqual([["drift", "--stack", "a", "--json"], ["report", "--drift", "drift.json"]]);
    expect(commandsIn("slipway rollout a \\\n  --stack b\n             [--now]\nslipway doctor")).toEqual([["rollout", "a", "--stack", "b", "--now"], ["doctor"]]);
    expect(commandsIn("pulumi config set slipway:key && cd ~/.cache/slipway && npm test")).toEqual([]);
  });

  test("are wrong where commander says so", async () => {
    expect(await wrongWith(["report", "--sandbox"])).toBe("error: required option '--stack <stack>' not specified");
    expect(await wrongWith(["report", "--stack", "a", "--pdf"])).toBe("error: unknown option '--pdf'");
    expect(await wrongWith(["repot"])).toMatch(/^error: unknown command 'repot'/);
    expect(unknownIn(["rollout", "--now"])).toBe("rollout has no option --now");
    expect(unknownIn(["lab", "up", "--port"])).toBeUndefined();
    expect(unknownIn(["walk"])).toBe("there is no command walk");
  });
});
