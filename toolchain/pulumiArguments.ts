/** What the sandbox adds to a pulumi command line, decided from the words alone. */

/** Commands that work on one stack; those with subcommands name them, "" being the command by itself. */
const stackCommands: Record<string, readonly string[] | "all"> = {
  up: "all",
  update: "all",
  preview: "all",
  pre: "all",
  refresh: "all",
  destroy: "all",
  down: "all",
  dn: "all",
  import: "all",
  watch: "all",
  logs: "all",
  console: "all",
  config: "all",
  cfg: "all",
  state: "all",
  stack: ["", "output", "export", "import", "graph", "history", "rm", "rename", "tag", "change-secrets-provider"],
};

/** Commands that change something and would ask first. */
const asking = new Set(["up", "update", "refresh", "destroy", "down", "dn", "import"]);

const aliases: Record<string, string> = { update: "up", pre: "preview", down: "destroy", dn: "destroy", cfg: "config" };

/** Flags whose value is the next word, so that it is not taken for a command. */
const valued = new Set(["-C", "--cwd", "--color", "-v", "--verbose", "--profiling", "--tracing", "-s", "--stack", "--memprofilerate", "--tracing-header"]);

export interface PulumiCommand {
  /** The command without its aliases, e.g. "up"; "" when there is none. */
  name: string;
  /** The stack that it works on; undefined when it needs none. */
  stack?: string;
  /** It deploys, and so must find no trace of a run that was killed. */
  deploys: boolean;
  /** The whole command line for pulumi. */
  arguments: string[];
}

/** Where the words that name the command are, e.g. [0, 1] in `stack output name`. */
function words(line: string[]): number[] {
  const found: number[] = [];
  for (let at = 0; at < line.length && found.length < 2; at++) {
    const word = line[at] ?? "";
    if (word === "--") break;
    if (valued.has(word)) at++;
    else if (!word.startsWith("-")) found.push(at);
  }
  return found;
}

function givenStack(line: string[]): string | undefined {
  const end = line.indexOf("--");
  const flags = end < 0 ? line : line.slice(0, end);
  const long = flags.find((word) => word.startsWith("--stack="));
  if (long !== undefined) return long.slice("--stack=".length);
  const at = flags.findIndex((word) => word === "--stack" || word === "-s");
  return at < 0 ? undefined : flags[at + 1];
}

/**
 * Completes a pulumi command line: `--stack` where the command takes one and none was given; `--yes` and `--non-interactive`
 * where it would ask and nobody is there to answer.
 */
export function pulumiCommand(line: string[], options: { stack: string; terminal: boolean }): PulumiCommand {
  const [first, second] = words(line);
  if (first === undefined) return { name: "", deploys: false, arguments: line };
  const command = line[first] ?? "";
  const name = aliases[command] ?? command;
  const subcommands = stackCommands[command];
  const subcommand = second === undefined ? "" : (line[second] ?? "");
  if (subcommands === undefined || (subcommands !== "all" && !subcommands.includes(subcommand))) return { name, deploys: false, arguments: line };
  if (line.includes("--help") || line.includes("-h")) return { name, deploys: false, arguments: line };
  const given = givenStack(line);
  const added = given === undefined ? ["--stack", options.stack] : [];
  // A preview of these asks nobody, and pulumi refuses --yes with it.
  const previews = line.some((word) => /^--preview-only(=true)?$/.test(word));
  if (!options.terminal && asking.has(command) && !previews) {
    if (!line.some((word) => word === "--yes" || word === "-y")) added.push("--yes");
    if (!line.includes("--non-interactive")) added.push("--non-interactive");
  }
  return { name, stack: given ?? options.stack, deploys: asking.has(command) && !previews, arguments: [...line.slice(0, first + 1), ...added, ...line.slice(first + 1)] };
}
