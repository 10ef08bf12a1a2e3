import type { Environment, Repository } from "../kit/index.ts";

/** A package in an npm registry, whose channels are its dist-tags and have environments of the same names. */
export interface NpmPackage {
  /** Such as `shop` or `@acme/shop`. */
  package: string;
  registry: string;
  /** Secret with a token that may publish it. */
  token: string;
}

/** From the newest code to what everybody gets. */
export const CHANNELS = ["canary", "beta", "latest"] as const;
export type Channel = (typeof CHANNELS)[number];

const NPM = /^https:\/\/registry\.npmjs\.org\/?$/;

/** What every script on a package reads. */
export function packageEnvironment({ package: name, registry }: NpmPackage): Environment {
  return { PACKAGE: name, NPM_CONFIG_REGISTRY: registry };
}

export function npmToken({ token }: NpmPackage): Environment {
  return { NODE_AUTH_TOKEN: `\${{ secrets.${token} }}` };
}

/** The environment of a channel with the page on which people see the version; other registries than npm's have none. */
export function channelEnvironment({ package: name, registry }: NpmPackage, channel: string, version: string): { name: string; url?: string } {
  return { name: channel, ...(NPM.test(registry) && { url: `https://www.npmjs.com/package/${name}/v/${version}` }) };
}

/** npm signs where a public package was built from a public repository, and nowhere else. */
export function hasProvenance({ registry }: NpmPackage, { visibility }: Repository): boolean {
  return visibility === "public" && NPM.test(registry);
}
