import { approvalsText } from "../github/environment-protection.ts";
import type { DeclaredRepository, RepositorySettings } from "../github/repository-settings.ts";
import { ghcrRepository } from "../images/reference.ts";
import { publicHosts } from "../kubernetes/traffic-settings.ts";
import { mapValues } from "../map-values.ts";
import { communityFiles } from "../workflows/community/files.ts";
import type { CommunitySettings } from "../workflows/community/settings.ts";
import { pipelinesOf } from "../workflows/families.ts";
import type { WorkflowsSettings } from "../workflows/families.ts";
import { renderWorkflow, scriptFiles } from "../workflows/kit/index.ts";
import type { Pipeline, Repository, RepositoryService, WorkflowFile } from "../workflows/kit/index.ts";
import { repositoryName } from "./service-settings.ts";
import type { ServiceSettings } from "./service-settings.ts";

export const WORKFLOWS = ".github/workflows";

/** What the stack adds to a repository's code beside its settings. */
export interface PipelineSettings {
  /** Options by family. */
  workflows: WorkflowsSettings;
  /** Absent: none of these files. */
  community?: CommunitySettings | undefined;
}

/** A repository of this stack with its pipelines. */
export type RepositoryWithPipelines = DeclaredRepository & PipelineSettings;

/** The pipelines of one repository as they were made, before they become text. */
export interface Pipelines {
  repository: Repository;
  /** By key of the family in the settings. */
  families: readonly (readonly [key: string, pipeline: Pipeline])[];
}

type Services = Readonly<Record<string, ServiceSettings>>;

/** Makes a repository's pipelines out of what the stack declares around them. */
export function planPipelines(owner: string, name: string, settings: RepositoryWithPipelines, services: Services): Pipelines {
  const repository = repositoryOf(owner, name, settings, services);
  return { repository, families: pipelinesOf(settings.workflows, repository) };
}

/** Every workflow of the pipelines, in the order of the settings. */
export function workflowsOf({ families }: Pick<Pipelines, "families">): WorkflowFile[] {
  return families.flatMap(([, { workflows }]) => workflows);
}

/** The text of every file that the pipelines bring, by path in the repository. */
export function pipelineFiles(pipelines: Pipelines, community: CommunitySettings | undefined): Record<string, string> {
  const made = pipelines.families.map(([, pipeline]) => pipeline);
  const workflows = workflowsOf(pipelines);
  return {
    ...Object.fromEntries(workflows.map((workflow) => [`${WORKFLOWS}/${workflow.file}`, renderWorkflow(workflow)])),
    ...Object.assign({}, ...workflows.map(({ document }) => scriptFiles(document))),
    ...Object.assign({}, ...made.map(({ files }) => files ?? {})),
    ...(community && communityFiles(community, pipelines.repository, made)),
  };
}

/** A repository's settings with the text of its pipelines among its files. */
export function withPipelines(owner: string, name: string, settings: RepositoryWithPipelines | Extract<RepositorySettings, { existing: true }>, services: Services): RepositorySettings {
  if (settings.existing || !settings.files) return settings;
  const files = pipelineFiles(planPipelines(owner, name, settings, services), settings.community);
  return { ...settings, files: { ...settings.files, content: { ...settings.files.content, ...files } } };
}

function repositoryOf(owner: string, name: string, settings: RepositoryWithPipelines, services: Services): Repository {
  const own = Object.entries(services).filter(([, service]) => repositoryName(service) === name);
  return {
    owner,
    name,
    defaultBranch: settings.defaultBranch,
    visibility: settings.visibility,
    codeScanning: settings.visibility === "public" || settings.security?.advancedSecurity === true,
    environments: mapValues(settings.environments, (environment) => ({
      url: environment.url,
      reviewed: "teams" in environment.approvals,
      waitMinutes: environment.waitMinutes,
      approvals: approvalsText(environment),
    })),
    services: Object.fromEntries(own.map(([service, of]) => [service, serviceOf(of, owner)])),
    labels: Object.keys(settings.labels?.named ?? {}),
    teams: Object.keys(settings.access?.teams ?? {}),
  };
}

function serviceOf(settings: ServiceSettings, owner: string): RepositoryService {
  const { namespace, image, strategy, traffic, probes } = settings;
  const { readiness } = probes;
  return {
    namespace,
    image: image.from === "build" ? ghcrRepository(owner, image.name ?? repositoryName(settings)) : withoutTag(image.reference),
    strategy: strategy.kind,
    stages: strategy.kind === "canary" ? strategy.stages : [],
    host: publicHosts(traffic)[0],
    healthPath: readiness?.kind === "http" ? readiness.path : undefined,
  };
}

function withoutTag(reference: string): string {
  return reference.replace(/@.*$/, "").replace(/:[^/]*$/, "");
}
