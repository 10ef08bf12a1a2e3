import * as z from "zod";
import type { Instruction } from "../../components/delivery/release-types.ts";
import { imageReference } from "./image.ts";
import { dnsLabel, prose, whole } from "./scalars.ts";
import { strategy } from "./service.ts";

const service = dnsLabel.describe("The service whose release is meant");
const id = dnsLabel.describe("The revision that the instruction speaks of, so that applying it twice is applying it once");
const reason = prose(500).describe("Why; it is kept with the release");

/** What operations ask of releases, as `SLIPWAY_INSTRUCTIONS` carries it. */
export const instructionsSchema = z.array(
  z.discriminatedUnion("action", [
    z.strictObject({ action: z.literal("advance"), service, id, stage: whole(1, 100, "the candidate's per cent") }),
    z.strictObject({
      action: z.literal("release"),
      service,
      image: imageReference.describe("The image to release instead of the one that the configuration names"),
      strategy: strategy.optional().describe("How it gets its traffic; the service's strategy unless given"),
    }),
    z.strictObject({ action: z.literal("promote"), service, id }),
    z.strictObject({ action: z.literal("rollback"), service, id, reason }),
    z.strictObject({ action: z.literal("hold"), service, id, reason }),
    z.strictObject({ action: z.literal("resume"), service, id }),
    z.strictObject({ action: z.literal("clear"), service, id }),
  ]),
) satisfies z.ZodType<Instruction[]>;
