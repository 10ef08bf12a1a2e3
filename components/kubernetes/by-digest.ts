import { RunError } from "@pulumi/pulumi";

const BY_DIGEST = /^[^@\s]+@sha256:[0-9a-f]{64}$/;

/**
 * The reference, when it is one by digest: a tag can name another image tomorrow, and then one revision would be two.
 * @throws RunError otherwise: the engine shows its text without a stack trace, even from within an output.
 */
export function byDigest(service: string, image: string): string {
  if (BY_DIGEST.test(image)) return image;
  throw new RunError(`services.${service}.image: not a reference by digest, got ${image}; give name@sha256:<64 hex digits>`);
}
