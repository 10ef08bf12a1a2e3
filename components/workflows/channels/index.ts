import { benchmarkRegression } from "./benchmark-regression.ts";
import { promoteRelease } from "./promote-release.ts";
import { publishCanary } from "./publish-canary.ts";
import { releaseMetrics } from "./release-metrics.ts";
import { rollbackRelease } from "./rollback-release.ts";

/** The families of this folder, by their key in `repositories.<name>.workflows`. */
export const channels = { publishCanary, promoteRelease, rollbackRelease, releaseMetrics, benchmarkRegression };
