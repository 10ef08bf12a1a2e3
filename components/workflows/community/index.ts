import { stale } from "./stale.ts";

/** The families of this folder, by their key in `repositories.<name>.workflows`. */
export const community = { stale };
