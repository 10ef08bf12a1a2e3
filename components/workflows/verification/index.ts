import { semanticRelease } from "./semantic-release.ts";

/** The families of this folder, by their key in `repositories.<name>.workflows`. */
export const verification = { semanticRelease };
