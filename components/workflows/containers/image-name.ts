import type { Repository } from "../kit/index.ts";

/** The image of a service of the repository, without tag; the repository's own where it has no such service. */
export function imageName({ owner, name, services }: Repository, service?: string): string {
  const [only, ...others] = Object.keys(services);
  const chosen = service ?? (others.length === 0 ? only : undefined) ?? name;
  return services[chosen]?.image ?? `ghcr.io/${owner}/${chosen}`.toLowerCase();
}
