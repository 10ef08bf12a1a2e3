import type { Output } from "@pulumi/pulumi";
import type { EnvironmentSummary, GitHubRepository } from "../github/repository.ts";
import { mapValues } from "../map-values.ts";
import type { Service } from "./service.ts";

/** What people see of one service. */
export interface ServiceSummary {
  namespace: string;
  image: Output<string>;
  hosts: string[];
  revisions: { id: string; weight: number }[];
  stage: string;
  dashboard: string;
}

/** A repository with the services that come from it: one entry of the stack's output `systems`. */
export interface System {
  /** `owner/name`. */
  repository: string;
  /** The environments that this stack declares. */
  environments: EnvironmentSummary[];
  services: Record<string, ServiceSummary>;
}

/** Groups services by their repository; a repository without a service is a system too. */
export function systemsOf(owner: string, repositories: Record<string, GitHubRepository>, services: Record<string, Service>): Record<string, System> {
  const named = new Set([...Object.keys(repositories), ...Object.values(services).map(({ repository }) => repository)]);
  return Object.fromEntries([...named].map((repository) => [repository, {
    repository: `${owner}/${repository}`,
    environments: repositories[repository]?.environments ?? [],
    services: Object.fromEntries(Object.entries(services).filter(([, service]) => service.repository === repository).map(([name, service]) => [name, summary(service)])),
  }]));
}

/** What an update of some services says of all: of the others what the last one said. */
export function systemsBeside(before: Readonly<Record<string, unknown>>, now: Record<string, System>): Record<string, unknown> {
  return { ...before, ...mapValues(now, (system, repository) => {
    const known = before[repository];
    if (!isRecord(known)) return system;
    return { ...known, services: { ...(isRecord(known["services"]) ? known["services"] : {}), ...system.services } };
  }) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function summary({ namespace, image, hosts, revisions, stage, dashboard }: Service): ServiceSummary {
  return { namespace, image, hosts, revisions, stage, dashboard };
}
