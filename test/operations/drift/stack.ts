/** A state as `pulumi stack export` prints it, and a refresh of it, built by hand. */

export const SECRET_MARK = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc:def" };

export interface Made {
  type: string;
  name: string;
  id?: string;
  inputs: Record<string, unknown>;
  dependencies?: string[];
  modified?: string;
}

const PROVIDER = "urn:pulumi:test::slipway::pulumi:providers:github::default";

export function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::slipway::${type}::${name}`;
}

export function exported(...made: Made[]): unknown {
  const provider = { urn: PROVIDER, type: "pulumi:providers:github", custom: true, id: "p1", inputs: { owner: "acme" } };
  const resources = made.map(({ type, name, id = name, inputs, dependencies = [], modified = "2026-01-02T03:04:05Z" }) => (
    { urn: urnOf(type, name), type, id, custom: true, inputs, outputs: inputs, dependencies, modified, provider: `${PROVIDER}::p1` }
  ));
  return { deployment: { resources: [{ urn: urnOf("pulumi:pulumi:Stack", "test"), type: "pulumi:pulumi:Stack" }, provider, ...resources] } };
}

/** One step of a refresh in which the live inputs are `live`; undefined: the object is gone. */
export function step({ type, name, inputs }: Made, live: Record<string, unknown> | undefined, paths: Record<string, string> = {}, outputs: Record<string, unknown> = {}): unknown {
  const urn = urnOf(type, name);
  if (live === undefined) return { op: "delete", urn, oldState: { inputs } };
  return { op: "update", urn, oldState: { inputs, outputs: inputs }, newState: { inputs: live, outputs: { ...live, ...outputs } }, detailedDiff: Object.fromEntries(Object.entries(paths).map(([path, kind]) => [path, { kind, inputDiff: true }])) };
}

export const DEPLOYMENT: Made = {
  type: "kubernetes:apps/v1:Deployment",
  name: "web",
  inputs: { metadata: { name: "web", namespace: "shop" }, spec: { template: { spec: { containers: [{ image: "ghcr.io/acme/web@sha256:1" }] } } } },
};
export const REPOSITORY: Made = { type: "github:index/repository:Repository", name: "shop", inputs: { name: "shop", description: "A shop", topics: ["a", "b"] } };
export const PRODUCTION: Made = {
  type: "github:index/repositoryEnvironment:RepositoryEnvironment",
  name: "shop-production",
  id: "shop:production",
  inputs: { repository: "shop", environment: "production", reviewers: [{ teams: [7], users: [] }], preventSelfReview: true, canAdminsBypass: false, waitTimer: 5 },
};
export const TOKEN: Made = {
  type: "github:index/actionsSecret:ActionsSecret", name: "shop-token", id: "shop:TOKEN", inputs: { repository: "shop", secretName: "TOKEN", value: SECRET_MARK },
};
