import { parse, YAMLParseError } from "yaml";
import { parseSettings } from "./parse.ts";
import type { Parsed } from "./parse.ts";

/** Checks the text of a Pulumi.<stack>.yaml as `pulumi up` would, without the engine: of an encrypted value only its key is looked at. */
export function parseStackFile(path: string, text: string): Parsed {
  const config = configOf(text);
  if (config === undefined) return { problems: [{ path, wrong: "is not YAML with a config section", todo: "correct it" }] };
  const entries = Object.entries(config);
  const secrets = entries.filter(([, value]) => isEncrypted(value)).map(([key]) => key);
  const plain = entries.filter(([key]) => !secrets.includes(key)).map(([key, value]): [string, string] => [key, typeof value === "string" ? value : JSON.stringify(value)]);
  return parseSettings(Object.fromEntries(plain), new Set(secrets));
}

function configOf(text: string): object | undefined {
  try {
    const document: unknown = parse(text);
    const config: unknown = typeof document === "object" && document !== null && "config" in document ? document.config : undefined;
    return typeof config === "object" && config !== null ? config : undefined;
  } catch (error) {
    if (error instanceof YAMLParseError) return undefined;
    throw error;
  }
}

function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}
