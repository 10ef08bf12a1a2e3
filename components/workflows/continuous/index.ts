import { ci } from "./ci.ts";

/** The families of this folder, by their key in `repositories.<name>.workflows`. */
export const continuous = { ci };
