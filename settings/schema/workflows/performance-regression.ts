import * as z from "zod";
import type { PerformanceRegressionOptions } from "../../../components/workflows/verification/performance-regression-detection.ts";
import { labelName } from "../repository-scalars.ts";
import { decimal, whole } from "../scalars.ts";
import { buildPath } from "./containers-scalars.ts";
import { packageFields, pythonVersion } from "./python-package.ts";

const { project, module, command } = packageFields;

export const performanceRegressionDetection: z.ZodType<PerformanceRegressionOptions> = z.strictObject({
  project,
  module,
  command,
  regressionThreshold: decimal(0.1, 1000, "per cent").default(15).describe("Per cent by which a version may be worse"),
  workload: buildPath.optional().describe("A Python file of the repository with a function work(): what a user does once; absent: a start of `command`"),
  pythonVersion: pythonVersion.default("3.12").describe("Version of Python"),
  rounds: whole(4, 100, "rounds").default(15).describe("Measurements of each version"),
  seconds: decimal(0.1, 60, "seconds").default(1).describe("Work for each figure of a round"),
  users: z.array(whole(1, 1000, "users")).min(1, "is not a list with at least one entry; write one").default([5, 20]).describe("Numbers of users that call at once"),
  issueLabel: labelName.default("performance-regression").describe("Label of the issue on a regression"),
});
