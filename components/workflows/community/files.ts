import type { Pipeline, Repository } from "../kit/index.ts";
import type { CommunitySettings } from "./settings.ts";

/** The files that GitHub and newcomers read, by path; they tell of the pipelines that the repository has. */
export function communityFiles(settings: CommunitySettings, repository: Repository, pipelines: readonly Pipeline[]): Record<string, string> {
  return {};
}
