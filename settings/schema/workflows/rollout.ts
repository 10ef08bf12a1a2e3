import * as z from "zod";
import type { CanaryDeploymentOptions } from "../../../components/workflows/rollout/canary-deployment.ts";
import type { CanaryPromoteOptions } from "../../../components/workflows/rollout/canary-promote.ts";
import type { OrchestratedReleasePipelineOptions } from "../../../components/workflows/rollout/orchestrated-release-pipeline.ts";
import { environmentName, labelName } from "../repository-scalars.ts";
import { actionsName, decimal, text, whole } from "../scalars.ts";
import { notify } from "./notify.ts";
import { hours, metrics, service, stack, tagPrefix } from "./rollout-parts.ts";
import { depth, enhancedSmokeTests } from "./smoke.ts";

const testerHeader = text(/^[A-Za-z0-9-]{1,100}: [\x21-\x7e]{1,200}$/, "is not a header", 'write it as "name: value"');

const common = {
  service,
  stack: stack.prefault({}).describe("The stack that moves the traffic"),
  tagPrefix: tagPrefix.describe("What stands before the version in tags of the image and of releases"),
  notify: notify.prefault({}).describe("Who hears how it ended"),
};

const environments = z
  .strictObject({
    canary: environmentName.default("canary").describe("Approves the first share"),
    production: environmentName.default("production").describe("Approves all of it"),
  })
  .prefault({})
  .describe("Environments of the two steps");

const target = environmentName.describe("A target of enhancedSmokeTests");

const canaryDeployment: z.ZodType<CanaryDeploymentOptions> = z.strictObject({
  ...common,
  firstStage: whole(5, 50, "per cent").optional().describe("Per cent of the traffic; the service's first stage where it is left out"),
  durationHours: hours.default(24).describe("Hours from the first share to all of it"),
  environments,
  smokeTarget: target.optional().describe("A target of enhancedSmokeTests, tested after the first share; none where it is left out"),
  label: labelName.default("canary").describe("Label of the tracking issue"),
});

const canaryPromote: z.ZodType<CanaryPromoteOptions> = z.strictObject({
  ...common,
  environments,
  smokeTarget: target.default("canary"),
  metrics: metrics.prefault({}).describe("What the canary has to hold"),
  testerHeader: testerHeader.optional().describe("Header that leads testers to the canary, for the health check"),
  durationHours: hours.default(4).describe("Hours of a gradual promotion"),
  stableMinutes: whole(1, 120, "minutes").default(30).describe("Minutes of watching after the promotion; a breach takes it back"),
  grafana: z
    .strictObject({
      urlVariable: actionsName.default("GRAFANA_URL").describe("Variable with its address"),
      keySecret: actionsName.default("GRAFANA_API_KEY").describe("Secret with a key"),
    })
    .optional()
    .describe("Where releases are marked, with a dashboard"),
  label: labelName.default("promotion").describe("Label of the tracking issue"),
});

const orchestratedReleasePipeline: z.ZodType<OrchestratedReleasePipelineOptions> = z.strictObject({
  ...common,
  environment: environmentName.default("production").describe("Where it ends"),
  strategy: z.enum(["direct", "canary", "blue-green"], "is not a strategy; write direct, canary or blue-green").default("canary").describe("How production gets it where nobody says"),
  durationHours: decimal(0.1, 5, "hours").default(4).describe("Hours of a canary from the first share to all traffic; a longer one is canaryDeployment's"),
  smoke: z
    .strictObject({ before: target.default("staging"), after: target.default("production"), depth: depth.default("comprehensive").describe("How deep") })
    .prefault({})
    .describe("Smoke tests before and after the deployment"),
  label: labelName.default("release-automation").describe("Label of the tracking issues"),
});

/** The options of the families in components/workflows/rollout, by key. */
export const rollout = {
  canaryDeployment: canaryDeployment.describe("A version takes a first share of the traffic and goes on from there"),
  canaryPromote: canaryPromote.describe("A canary is judged and takes all traffic"),
  enhancedSmokeTests: enhancedSmokeTests.describe("Smoke tests of a running service in four depths"),
  orchestratedReleasePipeline: orchestratedReleasePipeline.describe("One release from validation to production"),
};
