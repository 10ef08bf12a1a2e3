import { canaryDeployment } from "./canary-deployment.ts";
import { canaryPromote } from "./canary-promote.ts";
import { enhancedSmokeTests } from "./enhanced-smoke-tests.ts";
import { orchestratedReleasePipeline } from "./orchestrated-release-pipeline.ts";

/** The families of this folder, by their key in `repositories.<name>.workflows`. */
export const rollout = { canaryDeployment, canaryPromote, enhancedSmokeTests, orchestratedReleasePipeline };
