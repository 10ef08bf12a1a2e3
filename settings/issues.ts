import type * as z from "zod";
import { BRANCHES_SPEAK, unknownKey } from "./messages.ts";
import { pathText } from "./problem.ts";
import type { Problem } from "./problem.ts";
import { SECRETIVE } from "./schema/secret.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A schema's complaints as problems. `root` is the path of the value that was parsed, `input` that value. */
export function problemsOf(issues: readonly Issue[], root: Path, input: unknown): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, root, input));
}

function problemsOfIssue(issue: Issue, root: Path, input: unknown): Problem[] {
  const path = [...root, ...issue.path];
  if (issue.code === "unrecognized_keys") return unknownKeys(issue.keys, issue.message, path);
  const value = at(input, issue.path);
  if (issue.code === "invalid_union" && issue.message === BRANCHES_SPEAK) return meantBranch(issue.errors, path, value);
  const key = issue.path.at(-1);
  if (issue.code === "invalid_key") return [complaint(issue.issues[0]?.message ?? issue.message, path, String(key))];
  return [complaint(issue.message, path, value)];
}

function complaint(message: string, path: Path, value: unknown): Problem {
  const [wrong = message, todo = "see its row in docs/reference/settings.md"] = message.split(/; (.*)/s);
  if (value === undefined) return { path: pathText(path), wrong: "is missing", todo: todo === "write one of them" ? listed(wrong) : todo };
  const secretive = SECRETIVE.has(wrong) || path.some((part) => /secrets?$/i.test(String(part)));
  return secretive ? { path: pathText(path), wrong, todo } : { path: pathText(path), wrong, got: value, todo };
}

function listed(wrong: string): string {
  return wrong.replace(/^is none of/, "write one of");
}

// `__proto__` has a problem of its own, wherever it stands.
function unknownKeys(keys: readonly string[], known: string, path: Path): Problem[] {
  const names = known === "" ? [] : known.split(" ");
  return keys
    .filter((key) => key !== "__proto__")
    .map((key) => ({ path: pathText([...path, key]), wrong: "is not a setting", todo: unknownKey(key, names) }));
}

/** The complaints of the branch that the value resembles most: one that it fails as a whole was not meant. */
function meantBranch(branches: readonly (readonly Issue[])[], path: Path, value: unknown): Problem[] {
  const [best] = branches.toSorted((left, right) => distance(left, value) - distance(right, value));
  if (best === undefined || !isOtherType(best)) return problemsOf(best ?? [], path, value);
  const messages = [...new Set(branches.flatMap((issues) => issues.slice(0, 1).map(({ message }) => message)))];
  const todos = messages.map((message) => message.replace(/^.*?; /s, ""));
  return [complaint(messages.length === 1 ? messages.join() : `has none of the accepted forms; ${todos.join(" or ")}`, path, value)];
}

function isOtherType(issues: readonly Issue[]): boolean {
  return issues.some(({ code, path }) => code === "invalid_type" && path.length === 0);
}

function distance(issues: readonly Issue[], value: unknown): number {
  if (isOtherType(issues)) return 1000;
  return issues.reduce((sum, issue) => sum + cost(issue, value), 0);
}

function cost(issue: Issue, value: unknown): number {
  if (issue.code === "unrecognized_keys") return 3 * issue.keys.length;
  return at(value, issue.path) === undefined ? 4 : 1;
}

function at(value: unknown, path: Path): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, part)) return undefined;
    current = Object.getOwnPropertyDescriptor(current, part)?.value;
  }
  return current;
}
