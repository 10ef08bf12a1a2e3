/** An image reference in its parts: `ghcr.io/acme/shop`, and what follows `:` or `@`. */
export interface ImageReference {
  /** Registry host and name, without tag and digest. */
  repository: string;
  tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  digest?: string;
}

const HOST = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+|localhost)(:\d{1,5})?$/;
const COMPONENT = /^[a-z0-9]+((\.|_{1,2}|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Takes a reference apart. The registry's host must be written: what a short name means depends on the machine.
 * @throws RangeError `<path>: <what is wrong>, got <value>; <what to do>`
 */
export function parseReference(path: string, reference: string): ImageReference {
  const fail = (wrong: string, todo: string): RangeError => new RangeError(`${path}: ${wrong}, got ${JSON.stringify(reference)}; ${todo}`);
  const [named = "", digest, ...more] = reference.split("@");
  const colon = named.lastIndexOf(":");
  const hasTag = colon > named.lastIndexOf("/");
  const repository = hasTag ? named.slice(0, colon) : named;
  const tag = hasTag ? named.slice(colon + 1) : undefined;
  const [host = "", ...names] = repository.split("/");
  if (!HOST.test(host)) throw fail("has no registry", "begin with its host, such as ghcr.io/");
  if (names.length === 0 || !names.every((name) => COMPONENT.test(name))) throw fail("has no name that a registry takes", "write lower-case letters and digits after the host, such as ghcr.io/acme/shop");
  if (tag !== undefined && !TAG.test(tag)) throw fail("has no tag that a registry takes", "use 1 to 128 letters, digits, dots, dashes and underscores");
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest))) throw fail("has no digest", "write sha256: and 64 lower-case hexadecimal digits after @");
  return { repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** The reference by digest alone: a tag beside it would say nothing. */
export function byDigest(repository: string, digest: string): string {
  return `${repository}@${digest}`;
}

/** Whether the reference names its content. */
export function isPinned(reference: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(reference);
}

/** `ghcr.io/<owner>/<name>`; the registry wants the owner in lower case, whatever GitHub shows. */
export function ghcrRepository(owner: string, name: string): string {
  return `ghcr.io/${owner.toLowerCase()}/${name.toLowerCase()}`;
}
