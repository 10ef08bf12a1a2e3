import { semanticRelease } from "./semantic-release.ts";

/** The options of the families in components/workflows/verification, by key. */
export const verification = {
  semanticRelease: semanticRelease.describe("Makes releases out of the commits' messages"),
};
