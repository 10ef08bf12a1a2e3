import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../serve.ts";
import type { Answer, Recorded, Server } from "../serve.ts";

export const TOKEN = "npm_secret-of-the-tests";

interface Version {
  name: string;
  version: string;
  deprecated?: string;
  dist: { tarball: string; shasum: string };
}

/** What `npm publish` and `npm deprecate` send. */
interface Upload {
  versions: Record<string, Version>;
  "dist-tags"?: Record<string, string>;
  _attachments?: Record<string, { data: string }>;
}

/** A registry in memory that speaks as much of npm's protocol as npm itself needs here. */
export interface Registry extends Server {
  tags: Record<string, string>;
  versions: Record<string, Version>;
  /** The requests that changed something. */
  writes(): string[];
  env: Record<string, string>;
}

export async function registry(name: string, published: readonly string[], tags: Record<string, string>, deprecated: Record<string, string> = {}): Promise<Registry> {
  const versions: Record<string, Version> = {};
  const tarballs = new Map<string, Buffer>();
  const server = await serve((request) => answer(request));
  const add = (version: string, bytes: Buffer): void => {
    tarballs.set(version, bytes);
    const shasum = createHash("sha1").update(bytes).digest("hex");
    const message = deprecated[version];
    versions[version] = { name, version, dist: { tarball: `${server.url}/${name}/-/${version}.tgz`, shasum }, ...(message !== undefined && { deprecated: message }) };
  };
  for (const version of published) add(version, packed(name, version));
  const writes = (): string[] => server.requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
  return { ...server, tags, versions, writes, env: { PACKAGE: name, NPM_CONFIG_REGISTRY: `${server.url}/`, NODE_AUTH_TOKEN: TOKEN } };

  function answer({ method, path, headers, body }: Recorded): Answer | undefined {
    const at = decodeURIComponent(path.replace(/\?.*$/, ""));
    if (method !== "GET" && headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { error: "who are you" } };
    if (at === `/-/package/${name}/dist-tags`) return { body: tags };
    const tag = at.startsWith(`/-/package/${name}/dist-tags/`) ? at.split("/").at(-1) : undefined;
    if (tag !== undefined && method === "PUT") return (tags[tag] = String(body)), { body: {} };
    const tarball = /\/-\/(.+)\.tgz$/.exec(at)?.[1];
    if (tarball !== undefined) return { body: tarballs.get(tarball) };
    if (at !== `/${name}`) return undefined;
    if (method === "PUT") return upload(body as Upload);
    return Object.keys(versions).length === 0 ? undefined : { body: { _id: name, _rev: "1-0", name, "dist-tags": tags, versions } };
  }

  function upload({ versions: sent, "dist-tags": sentTags = {}, _attachments = {} }: Upload): Answer {
    const [attachment] = Object.values(_attachments);
    for (const [version, { deprecated: message }] of Object.entries(sent)) {
      if (attachment) add(version, Buffer.from(attachment.data, "base64"));
      if (message !== undefined) Object.assign(versions[version] ?? {}, { deprecated: message });
    }
    if (attachment) Object.assign(tags, sentTags);
    return { status: 201, body: { ok: true } };
  }
}

/** The bytes of a package that has nothing but its name. */
export function packed(name: string, version: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "slipway-package-"));
  mkdirSync(join(folder, "package"));
  writeFileSync(join(folder, "package/package.json"), JSON.stringify({ name, version }));
  execFileSync("tar", ["-czf", "package.tgz", "package"], { cwd: folder });
  const bytes = readFileSync(join(folder, "package.tgz"));
  rmSync(folder, { recursive: true });
  return bytes;
}
