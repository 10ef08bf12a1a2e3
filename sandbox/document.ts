import { parse, stringify } from "yaml";
import { firstLine } from "./errors.ts";
import { formatPath } from "./paths.ts";
import { isSealed } from "./seal.ts";
import type { Seal } from "./seal.ts";
import { isProperties, isSecret } from "./values.ts";
import type { Path, Properties, Value } from "./values.ts";

/** One resource of the cloud: what a person sees in its file, plus the two header lines. */
export interface Document {
  body: Properties;
  /** Where the body holds secrets; they are sealed in the file. */
  secrets: Path[];
  /** The URN that created it; absent in a document that a person wrote. */
  madeBy?: string | undefined;
  /** The number that the service gave it; it survives a rename. */
  number?: number | undefined;
  /** ISO 8601 instants. */
  created: string;
  updated: string;
}

const MADE_BY = /^# made by (\S+)$/m;
const NUMBER = /^# number (\d+)$/m;
const TIMES = /^# created (\S+), updated (\S+)$/m;
const EPOCH = "2000-01-01T00:00:00.000Z";

/** The text of a document's file. */
export function formatDocument(document: Document, path: string, seal: Seal): string {
  const madeBy = document.madeBy === undefined ? "" : `# made by ${document.madeBy}\n`;
  const number = document.number === undefined ? "" : `# number ${document.number}\n`;
  const body = sealSecrets(document.body, [], document.secrets, path, seal);
  return `${madeBy}${number}# created ${document.created}, updated ${document.updated}\n${stringify(body, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** Reads a document's text. Throws an error that names the file where the YAML is broken or is no mapping. */
export function parseDocument(text: string, file: string, path: string, seal: Seal): Document {
  const secrets: Path[] = [];
  const body = openSeals(parseBody(text, file), [], secrets, path, seal);
  if (!isProperties(body)) throw new Error(`${file}: must be a YAML mapping, got ${Array.isArray(body) ? "a list" : typeof body}; correct the document or delete it`);
  const header = text.slice(0, 1_000);
  const times = TIMES.exec(header);
  const number = NUMBER.exec(header)?.[1];
  return { body, secrets, madeBy: MADE_BY.exec(header)?.[1], number: number === undefined ? undefined : Number(number), created: times?.[1] ?? EPOCH, updated: times?.[2] ?? EPOCH };
}

function parseBody(text: string, file: string): Value {
  try {
    return parse(text) ?? {};
  } catch (error) {
    throw new Error(`${file}: is not readable YAML, got ${JSON.stringify(firstLine(error))}; correct the document or delete it`, { cause: error });
  }
}

function sealSecrets(value: Value, at: Path, secrets: readonly Path[], path: string, seal: Seal): Value {
  if (secrets.length === 0) return value;
  if (Array.isArray(value)) return value.map((item, index) => sealSecrets(item, [...at, index], secrets, path, seal));
  if (isProperties(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, sealSecrets(child, [...at, key], secrets, path, seal)]));
  }
  return isSecret(at, secrets) && value !== null ? seal.close(value, `${path}#${formatPath(at)}`) : value;
}

function openSeals(value: Value, at: Path, secrets: Path[], path: string, seal: Seal): Value {
  if (Array.isArray(value)) return value.map((item, index) => openSeals(item, [...at, index], secrets, path, seal));
  if (isProperties(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, openSeals(child, [...at, key], secrets, path, seal)]));
  }
  if (!isSealed(value)) return value;
  secrets.push(at);
  const opened = seal.open(value, `${path}#${formatPath(at)}`);
  return opened === undefined ? value : opened.value;
}
