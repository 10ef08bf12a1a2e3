import { performanceRegressionDetection } from "./performance-regression.ts";
import { releaseRollback } from "./release-rollback.ts";
import { releaseVerification } from "./release-verification.ts";
import { semanticRelease } from "./semantic-release.ts";

/** The options of the families in components/workflows/verification, by key. */
export const verification = {
  semanticRelease: semanticRelease.describe("Makes releases out of the commits' messages"),
  releaseVerification: releaseVerification.describe("Installs, tests and audits each published release of a Python package, and the newest one every day"),
  releaseRollback: releaseRollback.describe("Takes releases of a Python package back and starts a hotfix branch at the one before"),
  performanceRegressionDetection: performanceRegressionDetection.describe("Measures two published versions of a Python package and compares them"),
};
