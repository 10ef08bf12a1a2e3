import type { Finished } from "./command.ts";
import { Problem } from "./problem.ts";
import type { PulumiCommand } from "./pulumiArguments.ts";

/** How Pulumi marks a secret in a state that was exported in plain text. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * The secret values that a command on a stack starts with: those of its configuration, those of its state, and one that is being set.
 * @throws Problem when they cannot be read: without them nothing could be masked.
 */
export async function knownSecrets(pulumi: PulumiCommand, capture: (args: string[]) => Promise<Finished>): Promise<string[]> {
  const { stack } = pulumi;
  if (stack === undefined) return [];
  const read = async (args: string[]): Promise<unknown> => {
    const done = await capture([...args, "--stack", stack, "--non-interactive"]);
    if (done.code !== 0) throw new Problem(`stack ${stack}: its secrets cannot be read to keep them out of the log, got "${done.stderr.trim()}"; run this without -v`);
    return JSON.parse(done.stdout);
  };
  const folder = optionsOf(pulumi.arguments, ["--cwd", "-C"]);
  const config = await read(["config", "--show-secrets", "--json", ...folder, ...optionsOf(pulumi.arguments, ["--config-file"])]);
  const state = await read(["stack", "export", "--show-secrets", ...folder]);
  return [...setSecrets(pulumi), ...configSecrets(config), ...stateSecrets(state)];
}

/** The values in the words of `config set --secret key value` and `config set-all --secret key=value`. */
export function setSecrets(pulumi: PulumiCommand): string[] {
  const at = pulumi.arguments.findIndex((word) => word === "set" || word === "set-all");
  if (pulumi.name !== "config" || at < 0 || !pulumi.arguments.includes("--secret")) return [];
  const after = pulumi.arguments.slice(at + 1);
  const end = after.includes("--") ? after.indexOf("--") : after.length;
  const words = after.filter((word, place) => place > end || !word.startsWith("-"));
  const values = pulumi.arguments[at] === "set" ? words.slice(1) : words;
  return values.flatMap((word) => [word, word.slice(word.indexOf("=") + 1)]);
}

/** The given options of a line, each with its value. */
function optionsOf(line: string[], names: readonly string[]): string[] {
  const end = line.indexOf("--");
  const words = end < 0 ? line : line.slice(0, end);
  return words.flatMap((word, at) => {
    if (names.includes(word)) return [word, words[at + 1] ?? ""];
    return names.some((name) => word.startsWith(`${name}=`)) ? [word] : [];
  });
}

/** The secret values in the answer of `pulumi config --show-secrets --json`; of a structured one, each text in it. */
export function configSecrets(config: unknown): string[] {
  if (!isRecord(config)) return [];
  return Object.values(config).flatMap((entry) => (isRecord(entry) && entry["secret"] === true ? [...texts(entry["value"]), ...texts(entry["objectValue"])] : []));
}

/** The secret values in a state that was exported with `--show-secrets`. */
export function stateSecrets(state: unknown): string[] {
  if (Array.isArray(state)) return state.flatMap(stateSecrets);
  if (!isRecord(state)) return [];
  if (state[SIGNATURE] === SECRET && typeof state["plaintext"] === "string") return texts(JSON.parse(state["plaintext"]));
  return Object.values(state).flatMap(stateSecrets);
}

function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(texts);
  return isRecord(value) ? Object.values(value).flatMap(texts) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
