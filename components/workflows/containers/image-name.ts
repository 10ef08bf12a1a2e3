import { serviceOf } from "../kit/index.ts";
import type { Repository } from "../kit/index.ts";

/** The image of a service of the repository, without tag; the repository's own where no service is built from it. */
export function imageName(repository: Repository, service: string | undefined): string {
  const { owner, name, services } = repository;
  if (service === undefined && Object.keys(services).length === 0) return `ghcr.io/${owner}/${name}`.toLowerCase();
  return serviceOf(repository, service).image;
}
