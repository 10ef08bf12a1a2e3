import { parseDocument } from "yaml";
import type { Resource } from "./types.ts";
import { text } from "./values.ts";

/** A file of a repository that Actions runs. */
export type ActionsFile = { kind: "workflow" | "action"; document: unknown } | { kind: "unreadable"; reason: string };

/** Parsing is most of the time that judging takes, and several policies ask for the same file. */
const read = new WeakMap<object, ActionsFile>();

/** What a resource puts into `.github` for Actions; undefined where it is something else. */
export function actionsFile({ type, properties }: Resource): ActionsFile | undefined {
  if (type !== "github:index/repositoryFile:RepositoryFile") return undefined;
  const kind = kindOf(text(properties["file"]));
  if (kind === undefined) return undefined;
  const file = read.get(properties) ?? parsed(kind, text(properties["content"]));
  read.set(properties, file);
  return file;
}

function parsed(kind: "workflow" | "action", content: string): ActionsFile {
  const document = parseDocument(content);
  const [error] = document.errors;
  return error === undefined ? { kind, document: document.toJS() } : { kind: "unreadable", reason: error.code };
}

function kindOf(file: string): "workflow" | "action" | undefined {
  if (/^\.github\/workflows\/[^/]+\.ya?ml$/.test(file)) return "workflow";
  return /(^|\/)action\.ya?ml$/.test(file) ? "action" : undefined;
}
