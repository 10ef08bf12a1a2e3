import { parseDocument, stringify } from "yaml";
import { PROJECT } from "../../settings/section.ts";
import type { Entry } from "./types.ts";

/** The lines of a stack's file that declare the entries, with `config:` above them. */
export function configurationText(entries: readonly Entry[]): string {
  const sections: Record<string, Record<string, unknown>> = {};
  for (const { name, section, settings } of entries) (sections[`${PROJECT}:${section}`] ??= {})[name] = settings;
  return stringify({ config: sections }, { lineWidth: 0 });
}

/** Entries that a stack's file has already, as `repositories.shop`. */
export function declaredAlready(file: string, entries: readonly Entry[]): string[] {
  const document = parseDocument(file);
  return entries.filter(({ name, section }) => document.hasIn(["config", `${PROJECT}:${section}`, name])).map(({ name, section }) => `${section}.${name}`);
}

/** A stack's file with the entries added; what is there stays as it is, comments included. @throws YAMLParseError */
export function withEntries(file: string, entries: readonly Entry[]): string {
  const document = parseDocument(file);
  const [problem] = document.errors;
  if (problem !== undefined) throw problem;
  for (const { name, section, settings } of entries) document.setIn(["config", `${PROJECT}:${section}`, name], document.createNode(settings));
  return document.toString({ lineWidth: 0 });
}

/** Names of the repositories that a stack's file declares; also where another part of it is wrong. */
export function repositoriesIn(file: string): Set<string> {
  const read: unknown = parseDocument(file).toJS();
  const config: unknown = typeof read === "object" && read !== null && "config" in read ? read.config : undefined;
  const entry = typeof config === "object" && config !== null ? Object.entries(config).find(([key]) => key === `${PROJECT}:repositories`)?.[1] : undefined;
  return new Set(typeof entry === "object" && entry !== null ? Object.keys(entry) : []);
}

/** The owner of a stack's repositories, where its file says it. */
export function ownerIn(file: string): string | undefined {
  const owner: unknown = parseDocument(file).getIn(["config", "github:owner"]);
  return typeof owner === "string" ? owner : undefined;
}

/** Whether a stack's file holds a config key of the program. */
export function holdsKey(file: string, key: string): boolean {
  return parseDocument(file).hasIn(["config", `${PROJECT}:${key}`]);
}
