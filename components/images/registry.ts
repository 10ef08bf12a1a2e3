import { RunError } from "@pulumi/pulumi";
import type { InvokeOptions, Output } from "@pulumi/pulumi";
import { getRegistryImage, getRegistryImageOutput } from "@pulumi/docker/getRegistryImage.js";
import { imageIdentity } from "./identity.ts";
import type { ImageRequest } from "./identity.ts";
import { byDigest, parseReference } from "./reference.ts";

/**
 * What each image is, by the name of its service. Registries are asked at the same time, with the credentials of this machine's
 * `docker login`.
 * @throws RunError with one line an image that nobody can tell: `<path>: <what is wrong>, got <value>; <what to do>`
 */
export async function resolveImages(requests: Record<string, ImageRequest>): Promise<Record<string, string>> {
  const problems: string[] = [];
  const found = await Promise.all(Object.entries(requests).map(async ([service, request]) => {
    try {
      return [[service, await imageIdentity(request, (reference) => lookUp(request.path, reference))] as const];
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return [];
    }
  }));
  if (problems.length > 0) throw new RunError(problems.sort().join("\n"));
  return Object.fromEntries(found.flat());
}

/** The reference by digest of a tag that an earlier update pushed. */
export function pushedImage(reference: string, opts: InvokeOptions): Output<string> {
  const { repository } = parseReference("releases", reference);
  return getRegistryImageOutput({ name: reference }, opts).sha256Digest.apply((digest) => byDigest(repository, digest));
}

async function lookUp(path: string, reference: string): Promise<string> {
  try {
    return (await getRegistryImage({ name: reference })).sha256Digest;
  } catch (error) {
    throw new Error(`${path}.reference: cannot be looked up in its registry (${reasonOf(error)}), got ${JSON.stringify(reference)}; push it first, or check the name and docker login`);
  }
}

/** The provider's own words, without the SDK's preamble. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const last = text.split("\n").map((line) => line.trim()).filter((line) => line !== "").at(-1) ?? "no answer";
  return last.replace(/^invocation of \S+ returned an error: /i, "");
}
