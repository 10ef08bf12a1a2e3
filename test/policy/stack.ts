import { judgeOne } from "../../policy/judge.ts";
import { policies } from "../../policy/rules/index.ts";
import type { PolicySettings, Resource } from "../../policy/types.ts";

export const DIGEST = `sha256:${"a".repeat(64)}`;
export const SHA = "b".repeat(40);
/** What the engine writes where only the update will tell a text. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const TODAY = new Date("2026-11-21T12:00:00Z");

export const SETTINGS: PolicySettings = { registries: ["ghcr.io/acme"], production: { environments: ["production"] }, exemptions: [] };

/** What a policy says of a stack: `<resource>: <message>`, one a line. */
export function said(policy: string, stack: readonly Resource[], settings: Partial<PolicySettings> = {}): string[] {
  const found = policies.find(({ name }) => name === policy);
  if (found === undefined) throw new Error(`no policy ${policy}`);
  return stack.flatMap((resource) => (
    judgeOne(found, resource, { ...SETTINGS, ...settings }, stack, TODAY).findings.map(({ message }) => `${resource.name}: ${message}`)
  ));
}

export function resource(type: string, name: string, properties: Record<string, unknown>): Resource {
  return { urn: `urn:pulumi:test::slipway::${type}::${name}`, type, name, properties };
}

export function object(type: string, name: string, { metadata = {}, ...rest }: Record<string, unknown> & { metadata?: Record<string, unknown> }): Resource {
  return resource(`kubernetes:${type}`, name, { metadata: { name, namespace: "shop", ...metadata }, ...rest });
}

export function github(type: string, name: string, properties: Record<string, unknown>): Resource {
  return resource(`github:index/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, name, properties);
}

export function file(path: string, content: string): Resource {
  return github("RepositoryFile", `shop-files-${path}`, { repository: "shop", file: path, content });
}

/** Keeps to every policy about containers. */
export function container(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: "web",
    image: `ghcr.io/acme/web@${DIGEST}`,
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
    readinessProbe: { httpGet: { path: "/ready", port: 8080 } },
    livenessProbe: { httpGet: { path: "/live", port: 8080 } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, privileged: false },
    ...changes,
  };
}

/** Keeps to every policy about pods. */
export function pod(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { containers: [container()], securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } }, volumes: [{ name: "tmp", emptyDir: {} }], ...changes };
}

export function deployment(specification: Record<string, unknown> = pod(), changes: Record<string, unknown> = {}): Resource {
  return object("apps/v1:Deployment", "web", { spec: { replicas: 2, template: { metadata: { labels: { app: "web", version: "r1" } }, spec: specification }, ...changes } });
}
