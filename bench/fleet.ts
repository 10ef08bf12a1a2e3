import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

/** A service as most are: one port, an autoscaler, a canary behind the gateway. */
function service(name: string): object {
  return {
    repository: { external: name },
    namespace: name,
    image: { from: "digest", reference: `ghcr.io/acme/${name}@sha256:${"0".repeat(64)}` },
    ports: [{ name: "http", port: 8080 }],
    environment: { LOG_LEVEL: "info" },
    probes: { readiness: { kind: "http", path: "/ready", port: "http" } },
    traffic: { exposure: { kind: "gateway", hosts: [`${name}.example.com`], tls: { mode: "simple", credential: `${name}-tls` } } },
  };
}

/** The configuration of one stack with that many services. */
export function stackFile(group: number, services: number): string {
  const names = Array.from({ length: services }, (_, index) => `service-${group}-${index}`);
  const section = (value: (name: string) => object): object => Object.fromEntries(names.map((name) => [name, value(name)]));
  return stringify({ config: { "github:owner": "acme", "slipway:namespaces": section(() => ({})), "slipway:services": section(service) } });
}

/** A copy of the program by links, with a stack file a group of services; returns the stacks' names. */
export function writeFleet(root: string, folder: string, groups: number, services: number): string[] {
  linkProgram(root, folder);
  return Array.from({ length: groups }, (_, group) => {
    writeFileSync(join(folder, `Pulumi.fleet-${group}.yaml`), stackFile(group, services));
    return `fleet-${group}`;
  });
}

/** Links a program into a folder where a stack may leave its file. */
export function linkProgram(root: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const part of ["index.ts", "package.json", "Pulumi.yaml", "settings", "components", "policy", "node_modules"]) {
    if (existsSync(join(root, part))) symlinkSync(join(root, part), join(folder, part));
  }
}
