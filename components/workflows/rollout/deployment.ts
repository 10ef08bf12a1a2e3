import type { Repository } from "../kit/index.ts";

/** `environment` of a job that deploys: people get the address beside the deployment. */
export function deployment(name: string, { environments }: Repository): string | { name: string; url: string } {
  const url = environments[name]?.url;
  return url === undefined ? name : { name, url };
}
