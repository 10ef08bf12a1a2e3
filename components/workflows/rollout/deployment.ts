import type { Repository } from "../kit/index.ts";

/** `environment` of a job that deploys: people get the address beside the deployment. */
export function deployment(name: string, { environments }: Repository): { name: string; url?: string } {
  const url = environments[name]?.url;
  return { name, ...(url !== undefined && { url }) };
}
