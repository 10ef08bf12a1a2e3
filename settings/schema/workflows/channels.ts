import * as z from "zod";
import type { BenchmarkRegressionOptions } from "../../../components/workflows/channels/benchmark-regression.ts";
import type { PromoteReleaseOptions } from "../../../components/workflows/channels/promote-release.ts";
import type { CanaryBuild, PublishCanaryOptions } from "../../../components/workflows/channels/publish-canary.ts";
import type { ReleaseMetricsOptions } from "../../../components/workflows/channels/release-metrics.ts";
import type { RollbackReleaseOptions } from "../../../components/workflows/channels/rollback-release.ts";
import { labelName } from "../repository-scalars.ts";
import { actionsName, cron, decimal, percentage, text, url, whole } from "../scalars.ts";
import { commandLine, globs, repositoryPath } from "./community-scalars.ts";

const packageName = text(
  /^(?=.{1,214}$)(@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*$/,
  "is not the name of an npm package",
  "write it in lower case, such as shop or @acme/shop",
);

const nodeVersion = text(/^\d+(\.(\d+|x)){0,2}$/, "is not a version of Node.js", 'write it in quotes, such as "24"');

const historyBranch = text(
  /^(?!\/)(?!.*(\.\.|\/\/|\.lock$|[/.]$))[\w./-]{1,100}$/,
  "is not the name of a branch for a history",
  "use letters, digits, dots, dashes and slashes, such as metrics",
)
  .default("metrics")
  .describe("Branch that keeps the history; it shares no commit with the code");

const npmPackage = {
  package: packageName.describe("Name of the npm package"),
  registry: url.default("https://registry.npmjs.org").describe("Registry that has it"),
  token: actionsName.default("NPM_TOKEN").describe("Secret with a token that may publish it"),
};

const canaryBuild: z.ZodType<CanaryBuild> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bundled").describe("prepareNpmPackage makes it, with the programs of all platforms in it") }),
  z.strictObject({
    kind: z.literal("commands").describe("Commands complete it"),
    run: z.array(commandLine).describe("Commands at the root, in order; VERSION is in their environment"),
  }),
]);

const publishCanary: z.ZodType<PublishCanaryOptions> = z.strictObject({
  ...npmPackage,
  directory: z.union([z.literal("."), repositoryPath], 'is not a folder of the repository; write its path, such as npm, or "."').default(".").describe("Folder of package.json"),
  node: nodeVersion.default("24").describe("Version of Node.js that publishes"),
  build: canaryBuild.default({ kind: "commands", run: ["npm ci", "npm run build --if-present"] }).describe("How the package is made"),
});

const promoteRelease: z.ZodType<PromoteReleaseOptions> = z.strictObject(npmPackage);

const rollbackRelease: z.ZodType<RollbackReleaseOptions> = z.strictObject({
  ...npmPackage,
  label: labelName.default("incident").describe("Label of the incident"),
  waitMinutes: whole(1, 60, "minutes").default(10).describe("How long the registry may take until everybody gets the restored version"),
  runbook: repositoryPath.default("docs/ROLLBACK_RUNBOOK.md").describe("Path of the runbook"),
});

const releaseMetrics: z.ZodType<ReleaseMetricsOptions> = z.strictObject({
  package: npmPackage.package,
  schedule: cron.default("0 6 * * *").describe("When it runs, UTC"),
  branch: historyBranch,
  keepDays: whole(30, 3650, "days").default(730).describe("Days of history"),
  minimumDays: whole(5, 90, "days").default(7).describe("Comparable days before anything is called unusual"),
  threshold: decimal(1, 20, "standard deviations").default(3.5).describe("How far from the median is unusual, in standard deviations"),
  label: labelName.default("release-metrics").describe("Label of the issue"),
});

const benchmarkRegression: z.ZodType<BenchmarkRegressionOptions> = z.strictObject({
  paths: globs.default(["**/*.go", "go.mod", "go.sum"]).describe("A pull request that changes none of these is not measured and passes, as globs"),
  run: commandLine.default("go test -run='^$' -bench=. -benchtime=200ms ./...").describe("Prints benchmarks as go test -bench does"),
  rounds: whole(5, 50, "runs").default(10).describe("Runs of each side"),
  maxRegressionPercent: percentage.default(5).describe("Slower by more than this, and beyond chance, fails the check"),
  variable: actionsName.optional().describe("Variable of the repository that overrides it, such as MAX_REGRESSION_PERCENT; absent: none"),
  branch: historyBranch,
});

/** The options of the families in components/workflows/channels, by key. */
export const channels = {
  publishCanary: publishCanary.describe("Publishes every commit to channel canary, and to beta by hand"),
  promoteRelease: promoteRelease.describe("Promotes a version from one channel to the next"),
  rollbackRelease: rollbackRelease.describe("Takes a bad version back, with an incident and a runbook"),
  releaseMetrics: releaseMetrics.describe("Keeps downloads and CI health day by day, with an issue on an anomaly"),
  benchmarkRegression: benchmarkRegression.describe("Compares a pull request's benchmarks with those of its base"),
};
