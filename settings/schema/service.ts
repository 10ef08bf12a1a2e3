import * as z from "zod";
import type { ServiceSettings } from "../../components/delivery/service-settings.ts";
import { image } from "./image.ts";
import { observability } from "./observability.ts";
import { podSettings } from "./pods.ts";
import { rollout } from "./rollout.ts";
import { dnsLabel, githubName, text, whole } from "./scalars.ts";
import { traffic } from "./traffic.ts";

export type { ServiceSettings };

/** A service's name: with a revision's id behind it, it is still a DNS label. */
export const serviceName = text(
  /^[a-z]([a-z0-9-]{0,48}[a-z0-9])?$/,
  "is not the name of a service",
  "use 1 to 50 lower-case letters, digits and dashes, a letter first, no dash last",
);

const retained = whole(0, 5, "the number of revisions");
/** `strategy` of a service. */
export const strategy = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("direct").describe("A new revision takes all traffic as soon as it is ready"),
    retain: retained.default(1).describe("Old revisions that keep running at weight 0, ready to take over again"),
  }),
  z.strictObject({
    kind: z.literal("canary").describe("A new revision starts with a share and moves up by verdicts"),
    stages: z.array(whole(0, 100, "per cent")).min(2, "has fewer than two stages; begin with 5 to 50 and end with 100").max(20)
      .default([10, 25, 50, 100]).describe("Weights of the candidate: first 5 to 50, rising, last 100; a 0 before them is for testers alone"),
    retain: retained.default(0).describe("Old revisions that keep running at weight 0 after the last stage"),
  }),
  z.strictObject({
    kind: z.literal("blue-green").describe("A new revision starts at 0, met by testers alone, and takes all at once"),
    retain: retained.default(0).describe("Old revisions that keep running at weight 0 after the switch"),
  }),
]).meta({ id: "Strategy", description: "How a new revision gets its traffic" });

const repository = z.union([
  githubName,
  z.strictObject({ external: githubName.describe("A repository of the owner that this stack does not declare") }),
]);

/** One entry of `slipway:services`. */
export const serviceSchema = z.strictObject({
  repository: repository.describe("The repository that the service comes from: one that is declared, or { external: <name> }"),
  namespace: dnsLabel.describe("A declared namespace"),
  image: image.describe("Where the image comes from"),
  strategy: strategy.default({ kind: "canary", stages: [10, 25, 50, 100], retain: 0 }).describe("How a new revision gets its traffic"),
  ...podSettings,
  traffic: traffic.prefault({}).describe("How requests reach the service"),
  observability: observability.prefault({}).describe("What it promises, and how it is watched"),
  rollout: rollout.prefault({}).describe("How the driver takes a new revision through its stages"),
}).meta({ id: "Service", description: "An image, how its pods run, how requests reach them, how a new revision takes over" }) satisfies z.ZodType<ServiceSettings>;
