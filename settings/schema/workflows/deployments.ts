import * as z from "zod";
import type { LoadTest, SecurityGate } from "../../../components/workflows/continuous/deploy-gates.ts";
import type { Deployment, Health } from "../../../components/workflows/continuous/target.ts";
import { environmentName, labelName } from "../repository-scalars.ts";
import { absolutePath, actionsName, dnsLabel, percentage, portNumber, text, whole } from "../scalars.ts";
import { buildPath, severities } from "./containers-scalars.ts";
import { service, stack } from "./rollout-parts.ts";

const valuePath = text(/^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/, "is not the path of a chart's value", "write its keys with dots between, such as image.tag");
const valueText = text(/^(?!.*\$\{\{)[^\p{Cc}]{0,1000}$/u, "is not a chart's value", "write it in one line, without ${{ }}");
const localUrl = text(/^http:\/\/localhost:\d{1,5}\/\S*$/, "is not an address of the runner", "write one such as http://localhost:3001/health");

const health: z.ZodType<Health> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("address"), path: absolutePath.describe("Path at the environment's address") }),
  z.strictObject({
    kind: z.literal("cluster"),
    service: dnsLabel.describe("Service of the cluster"),
    port: portNumber.describe("Its port"),
    path: absolutePath.describe("Path that answers while it is well"),
  }),
], "is not a way to ask; write { kind: address, path: /health } or { kind: cluster, service: shop, port: 80, path: /health }");

const cluster = {
  kubeConfig: actionsName.describe("Secret with the kubeconfig, plain or in base64"),
  namespace: dnsLabel.describe("Namespace of the cluster"),
  rolloutSeconds: whole(10, 3000, "seconds").default(180).describe("Seconds that new pods have to become ready"),
  healthSeconds: whole(15, 1200, "seconds").default(90).describe("Seconds in which it has to answer steadily"),
  health: health.describe("How it is asked whether it is well"),
};

/** How something gets to an environment. */
export const deployment: z.ZodType<Deployment> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("kubectl"),
    ...cluster,
    workload: dnsLabel.describe("Name of the Deployment"),
    container: dnsLabel.describe("Container whose image changes"),
  }),
  z.strictObject({
    kind: z.literal("helm"),
    ...cluster,
    release: dnsLabel.describe("Name of the release"),
    chart: buildPath.describe("Folder of the chart"),
    tagValue: valuePath.default("image.tag").describe("Value that takes the image's tag"),
    digestValue: valuePath.optional().describe("Value that takes the image's digest"),
    values: z.record(valuePath, z.union([valueText, z.number(), z.boolean()], "is not a value; write a text, a number, true or false")).default({}).describe("Other values, by their path"),
  }),
  z.strictObject({
    kind: z.literal("slipway"),
    service,
    stack: stack.prefault({}).describe("The stack that moves the traffic"),
    label: labelName.default("deployment").describe("Label of the tracking issue"),
  }),
], "is not a deployment; write kind: kubectl, helm or slipway with its fields");

/** What every target has. */
export const target = {
  environment: environmentName.describe("An environment of the repository; its reviewers and its wait apply"),
  deployment: deployment.describe("How it gets there"),
};

export const securityGate: z.ZodType<SecurityGate> = z.strictObject({
  severities: severities.default(["CRITICAL", "HIGH"]).describe("One finding of these keeps the image away"),
  ignoreUnfixed: z.boolean().default(true).describe("Leaves out what nobody has mended yet"),
});

export const loadTest: z.ZodType<LoadTest> = z.strictObject({
  compose: buildPath.default("docker-compose.yml").describe("Compose file that brings the system up on the runner; IMAGE holds the reference to deploy"),
  url: localUrl.describe("What is asked, on the runner"),
  requests: whole(1, 100_000, "requests").default(100).describe("Requests in all"),
  concurrency: whole(1, 200, "requests").default(10).describe("Requests at the same time"),
  p95Milliseconds: whole(1, 60_000, "milliseconds").default(500).describe("Slowest 95th percentile that may go on"),
  errorPercent: percentage.default(1).describe("Most requests that may fail, per cent"),
});
