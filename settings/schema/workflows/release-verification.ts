import * as z from "zod";
import type { ReleaseVerificationOptions } from "../../../components/workflows/verification/release-verification.ts";
import { labelName } from "../repository-scalars.ts";
import { cron, decimal, once, whole } from "../scalars.ts";
import { databases } from "./databases.ts";
import { notify } from "./notify.ts";
import { packageFields, pythonVersion, runner, testFields } from "./python-package.ts";

const listed = "is not a list with at least one entry; write one";

const integration = z.strictObject({ databases, ...testFields });

export const releaseVerification: z.ZodType<ReleaseVerificationOptions> = z.strictObject({
  ...packageFields,
  schedule: cron.default("0 6 * * *").describe("When the newest release is verified again, UTC"),
  platforms: z.array(runner).min(1, listed).refine(...once).default(["ubuntu-24.04", "macos-15", "windows-2025"]).describe("Runners on which it is installed"),
  pythonVersions: z.array(pythonVersion).min(1, listed).refine(...once).default(["3.10", "3.11", "3.12"]).describe("Versions of Python with which it is installed"),
  propagationMinutes: whole(0, 60, "minutes").default(10).describe("How long a new release may take to get into the index"),
  integration: integration.optional().describe("The release's tests against real databases; absent: none"),
  regressionThreshold: decimal(0.1, 1000, "per cent")
    .optional()
    .describe("Compares the release with the one before through performanceRegressionDetection, which must be declared too; absent: not compared"),
  issueLabel: labelName.default("release-verification").describe("Label of the issue that is open while a release does not verify"),
  notify: notify.omit({ issueLabel: true }).prefault({}).describe("Who else hears how it ended"),
});
