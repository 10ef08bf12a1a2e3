import * as z from "zod";
import type { Metrics } from "../../../components/workflows/rollout/metrics.ts";
import type { StackAccess } from "../../../components/workflows/rollout/stack-access.ts";
import { actionsName, branchName, decimal, dnsLabel, environmentVariable, percentage, text, whole } from "../scalars.ts";

const repositoryPath = text(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/, "is not a repository with its owner", "write it as owner/name");
const stackName = text(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, "is not the name of a stack", "use letters, digits, dots, dashes and underscores, such as production");

export const tagPrefix = text(/^[A-Za-z0-9_][\w.-]{0,39}$|^$/, "is not the beginning of a tag", "write what stands before the version, such as v").default("v");

export const stack: z.ZodType<StackAccess> = z.strictObject({
  repository: repositoryPath.optional().describe("Where the stack's program lies; slipway of this repository's owner where it is left out"),
  ref: branchName.default("main").describe("Branch, tag or commit of it"),
  name: stackName.default("production").describe("The stack that owns the service"),
  token: actionsName.optional().describe("Secret with a token that may read that repository, where it is private"),
  kubeConfig: actionsName.optional().describe("Secret with the cluster's kubeconfig, plain or in base64"),
  secrets: z.record(environmentVariable, actionsName).default({}).describe("Environment variable of the stack's commands → secret, such as PULUMI_CONFIG_PASSPHRASE"),
});

export const thresholds = {
  errorRatePercent: percentage.default(5).describe("Share of failed requests that is still accepted, per cent"),
  responseTimeMs: whole(1, 600_000, "milliseconds").default(2000).describe("95th percentile that is still accepted"),
  successRatePercent: percentage.default(95).describe("Least share of successes, per cent"),
};

export const metrics: z.ZodType<Metrics> = z.strictObject({
  prometheus: actionsName.default("PROMETHEUS_URL").describe("Secret with the address of Prometheus; it may hold a name and a password"),
  ...thresholds,
  windowMinutes: whole(1, 60, "minutes").default(5).describe("Over how many minutes it is judged"),
  leastRequests: whole(1, 1_000_000, "requests").default(100).describe("Requests in that time, below which nothing is known"),
});

export const service = dnsLabel.optional().describe("The service; needed where several are built from the repository");

export const hours = decimal(0.1, 168, "hours");
