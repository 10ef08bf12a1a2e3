import type { Environment } from "../kit/index.ts";

/** Where people install from, and how a release is taken out of it. Reading it needs no login. */
export type PackageIndex =
  /** No interface of PyPI yanks or deletes: an owner does it in a browser, and the workflow waits for it. */
  | { kind: "pypi" }
  /** Deletes with `:action=remove_pkg`; it cannot yank. */
  | { kind: "pypiserver"; url: string; username: string; password: string }
  /** Deletes the version of an index `<user>/<index>`; it cannot yank. */
  | { kind: "devpi"; url: string; name: string; username: string; password: string }
  /** Deletes the package of a project, given by id or path; it cannot yank. */
  | { kind: "gitlab"; url: string; name: string; password: string }
  /** Deletes the version's folder of a local repository; it cannot yank. */
  | { kind: "artifactory"; url: string; name: string; password: string };

interface Api {
  /** What it can do with a release, the gentlest first. */
  actions: readonly ["yank", "delete"] | readonly ["delete"];
  about: string;
  /** Address of its simple API. @default PyPI's */
  simple?: string;
  env: Environment;
}

export function apiOf(index: PackageIndex): Api {
  switch (index.kind) {
    case "pypi":
      return { actions: ["yank", "delete"], about: "PyPI lets only people yank or delete: the issue names the pages, and the run waits.", env: { INDEX_KIND: index.kind } };
    case "pypiserver":
      return deletes(`${trimmed(index.url)}/simple/`, { ...callOf(index), INDEX_USERNAME: secret(index.username) });
    case "devpi":
      return deletes(`${trimmed(index.url)}/${index.name}/+simple/`, { ...callOf(index), INDEX_NAME: index.name, INDEX_USERNAME: secret(index.username) });
    case "gitlab":
      return deletes(`${trimmed(index.url)}/api/v4/projects/${encodeURIComponent(index.name)}/packages/pypi/simple/`, { ...callOf(index), INDEX_NAME: index.name });
    case "artifactory":
      return deletes(`${trimmed(index.url)}/api/pypi/${index.name}/simple/`, { ...callOf(index), INDEX_NAME: index.name });
    default:
      return index satisfies never;
  }
}

/** Where scripts and pip find the index; nothing for PyPI, which they know. */
export function indexEnvironment(index: PackageIndex): Environment {
  const { simple } = apiOf(index);
  return simple === undefined ? {} : { INDEX_URL: simple, PIP_INDEX_URL: simple };
}

function deletes(simple: string, env: Environment): Api {
  return { actions: ["delete"], about: "The index can delete a release and not yank it.", simple, env };
}

function callOf({ kind, url, password }: Exclude<PackageIndex, { kind: "pypi" }>): Environment {
  return { INDEX_KIND: kind, INDEX_API: url, INDEX_PASSWORD: secret(password) };
}

function secret(name: string): string {
  return `\${{ secrets.${name} }}`;
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, "");
}
