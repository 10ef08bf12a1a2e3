import * as z from "zod";
import type { Databases } from "../../../components/workflows/service-containers.ts";
import { environmentVariable } from "../scalars.ts";

/** Databases of the tests, each with the variable that holds its address. */
export const databases: z.ZodType<Databases> = z
  .strictObject({
    postgresql: environmentVariable.optional().describe("Environment variable with the address of a PostgreSQL"),
    redis: environmentVariable.optional().describe("Environment variable with the address of a Redis"),
    qdrant: environmentVariable.optional().describe("Environment variable with the address of a Qdrant"),
  })
  .default({})
  .describe("Databases of the tests: the variable that holds the address of each");
