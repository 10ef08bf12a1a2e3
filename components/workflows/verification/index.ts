import { performanceRegressionDetection } from "./performance-regression-detection.ts";
import { releaseRollback } from "./release-rollback.ts";
import { releaseVerification } from "./release-verification.ts";
import { semanticRelease } from "./semantic-release.ts";

/** The families of this folder, by their key in `repositories.<name>.workflows`. */
export const verification = { semanticRelease, releaseVerification, releaseRollback, performanceRegressionDetection };
