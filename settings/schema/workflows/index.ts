import * as z from "zod";
import type { WorkflowsSettings } from "../../../components/workflows/families.ts";
import { channels } from "./channels.ts";
import { community } from "./community.ts";
import { containers } from "./containers.ts";
import { continuous } from "./continuous.ts";
import { npm } from "./npm.ts";
import { rollout } from "./rollout.ts";
import { verification } from "./verification.ts";

const shape = { ...npm, ...channels, ...verification, ...rollout, ...continuous, ...community, ...containers };

/** `workflows` of a repository: options by family. */
export const workflows: z.ZodType<WorkflowsSettings> = z.strictObject(shape).partial();
