import { posix } from "node:path";
import { OptionProblem } from "../kit/index.ts";
import type { Repository } from "../kit/index.ts";
import type { DockerCiOptions } from "./docker-ci.ts";

/** A service as the matrix of a job has it. */
export interface ImageJob {
  name: string;
  dockerfile: string;
  context: string;
  image: string;
}

/** What the matrices read. */
export function imageJobs({ services }: DockerCiOptions, repository: Repository): ImageJob[] {
  return services.map(({ name, dockerfile, context }, at) => {
    const image = repository.services[name]?.image;
    if (image === undefined) throw new OptionProblem(["services", String(at), "name"], `names ${name}, which is not built from this repository`, `write one of ${Object.keys(repository.services).join(", ") || "the services that you declare for it"}`);
    return { name, dockerfile, context, image };
  });
}

/** A build that reads the whole repository reads its manifests and locks too: a new version of a dependency is a new image. */
const ROOT_FILES = ["*.json", "*.yaml", "*.lock", "*.toml", ".dockerignore"];

/** The same with the paths that touch each; a change of the workflow touches all. */
export function imageAreas(options: DockerCiOptions, repository: Repository, workflow: string): (ImageJob & { paths: string[]; [more: string]: unknown })[] {
  return imageJobs(options, repository).map((job, at) => {
    const folder = posix.dirname(job.dockerfile);
    const own = folder === "." ? ["**"] : [`${folder}/**`, ...(job.context === "." ? ROOT_FILES : [])];
    return { ...job, paths: [...(options.services[at]?.paths ?? own), workflow] };
  });
}
