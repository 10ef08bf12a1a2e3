import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The version of the installed SDK of a provider: the engine warns where a plugin has another one. */
export function installedVersion(provider: string, publisher = "@pulumi"): string {
  const manifest: { version: string } = JSON.parse(readFileSync(createRequire(import.meta.url).resolve(`${publisher}/${provider}/package.json`), "utf8"));
  return manifest.version;
}
