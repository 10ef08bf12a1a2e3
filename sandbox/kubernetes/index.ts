import { kindOf } from "./catalogue.ts";

export { admit } from "./admit.ts";
export { UNKNOWN } from "./manifest.ts";
export type { Manifest, Problem } from "./manifest.ts";
export { references } from "./references.ts";
export type { Lookup, References } from "./references.ts";
export { replacementPaths } from "./replacement.ts";
export type { Mutability } from "./replacement.ts";
export { validate } from "./validate.ts";

/** True for namespaced kinds. A kind that no published schema has is taken for namespaced, as most custom kinds are. */
export const namespaced = (apiVersion: string, kind: string): boolean => kindOf(apiVersion, kind)?.namespaced ?? true;
