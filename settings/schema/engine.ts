import * as z from "zod";
import type { EngineSettings } from "../../components/delivery/engine-settings.ts";
import { dnsLabel, prose, url, whole } from "./scalars.ts";
import { configuredSecret } from "./secret.ts";

const alert = z.strictObject({
  kind: z.enum(["slack", "msteams", "discord", "rocket", "gchat"]).describe("What the webhook belongs to"),
  address: configuredSecret.describe("Its address, which is the secret"),
  channel: prose(80).optional().describe("The channel; absent means the one that the webhook was made for"),
  severity: z.enum(["info", "warn", "error"]).default("warn").describe("info: everything; warn: what went wrong or waits; error: what went wrong"),
});

const flagger = z.strictObject({
  kind: z.literal("flagger").describe("A Canary of Flagger, which owns Service, routes and weights; docs/flagger.md says what it means"),
  prometheus: url.describe("Web address of Prometheus, as Flagger reaches it from within the cluster"),
  failedChecks: whole(1, 8, "the number of checks").default(2).describe("Checks of one release that may fail until it is rolled back; it is so one interval (dwellSeconds) after the last of them"),
  checks: whole(1, 100, "the number of checks").default(10).describe("Checks that a blue-green release passes before it takes all traffic; a canary passes one at each weight"),
  unreadySeconds: whole(30, 3600, "seconds").default(90).describe("For which pods may be unready, their start included, until the release is rolled back"),
  alerts: z.record(dnsLabel, alert).default({}).describe("Whom Flagger tells, by a name of your choice"),
}).meta({ id: "Flagger", description: "Hands the weights of a service to Flagger" });

const NO_ENGINE = "is no engine; write slipway or { kind: flagger, prometheus: … }";

// A text first: what is no text was meant to be Flagger's, and is judged as that.
const slipway = z.string(NO_ENGINE).meta({ enum: ["slipway"] }).pipe(z.literal("slipway", NO_ENGINE));

/** `rollout.engine` of a service. */
export const engine = z.union([slipway, flagger]) satisfies z.ZodType<EngineSettings>;
