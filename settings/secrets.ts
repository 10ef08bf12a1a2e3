import { unknownKey } from "./messages.ts";
import { nearest } from "./nearest.ts";
import { pathText } from "./problem.ts";
import type { Problem } from "./problem.ts";
import { isSecretReference, secretKey } from "./schema/secret.ts";
import { structuredKeys } from "./schema/settings.ts";
import type { Sections } from "./schema/settings.ts";
import { PROJECT } from "./section.ts";
import type { RawConfig } from "./section.ts";
import { pathOf, walk } from "./walk.ts";

/** Keys the fingerprints of the services' secrets, from which a revision takes its name. */
export const FINGERPRINT_KEY = "fingerprintKey";

type Needs = ReadonlyMap<string, readonly string[]>;

/** What is wrong with the secrets that the sections name. */
export function secretProblems(sections: Sections, raw: RawConfig, secretKeys: ReadonlySet<string>): Problem[] {
  return [...needsOf(sections)].flatMap(([key, needs]) => secretProblem(key, needs, raw, secretKeys));
}

function secretProblem(key: string, needs: readonly string[], raw: RawConfig, secretKeys: ReadonlySet<string>): Problem[] {
  const path = pathText(["secrets", key]);
  const needed = `is needed by ${needs.join(" and ")}`;
  const set = `pulumi config set --secret ${PROJECT}:${key}`;
  if (isSection(key)) return [{ path, wrong: `${needed} and is the name of a section`, todo: "choose another key" }];
  if (secretKeys.has(`${PROJECT}:${key}`)) return [];
  if (!Object.hasOwn(raw, `${PROJECT}:${key}`)) return [{ path, wrong: `${needed} and is not set`, todo: `run ${set}` }];
  return [{ path, wrong: `${needed} and is stored as plain text`, todo: `replace it where it was issued, then run ${set}` }];
}

/** Config key → the settings that name it. */
function needsOf(sections: Sections): Needs {
  const needs = new Map<string, string[]>();
  for (const name of structuredKeys) {
    for (const found of walk(sections[name])) {
      const { value } = found;
      if (!isSecretReference(value) || !("secret" in value)) continue;
      const keys = name === "services" ? [value.secret, FINGERPRINT_KEY] : [value.secret];
      for (const key of keys) needs.set(key, [...(needs.get(key) ?? []), pathText([name, ...pathOf(found)])]);
    }
  }
  return needs;
}

/** Those of `keys` that are neither sections nor named by what was `given`, in entries with problems of their own too. */
export function unknownKeys(given: readonly unknown[], keys: Iterable<string>): Problem[] {
  const named = new Set(given.flatMap((section) => [...walk(section)].flatMap(({ value }) => namedKey(value))));
  return [...keys].flatMap((key) => unknownProblem(key, named));
}

function unknownProblem(key: string, named: ReadonlySet<string>): Problem[] {
  const [namespace = "", name = ""] = key.split(/:(.*)/s);
  if (namespace !== PROJECT) return nearest(namespace, [PROJECT]) === undefined ? [] : [strange(key, `write ${PROJECT}:${name} instead`)];
  if (isSection(name) || named.has(name) || name === FINGERPRINT_KEY) return [];
  return [strange(pathText([name]), unknownKey(name, [...structuredKeys, ...named]))];
}

function strange(path: string, todo: string): Problem {
  return { path, wrong: "is neither a section nor a secret that a section names", todo };
}

// By its looks alone: an entry that did not parse names its secrets all the same.
function namedKey(value: unknown): string[] {
  if (typeof value !== "object" || value === null || !("secret" in value)) return [];
  const { success, data } = secretKey.safeParse(value.secret);
  return success ? [data] : [];
}

function isSection(key: string): boolean {
  return structuredKeys.some((name) => name === key);
}
