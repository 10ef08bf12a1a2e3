import * as z from "zod";
import type { EnvironmentSettings } from "../../components/github/environment-protection.ts";
import { environmentName, refPattern, team, user } from "./repository-scalars.ts";
import { actionsName, prose, url, whole } from "./scalars.ts";
import { configuredSecret } from "./secret.ts";

const value = z
  .string("is not a text; write it in quotes where it looks like a number")
  .min(1, "is empty; write a value or remove the variable")
  .max(48 * 1024, "has more than 49152 characters; shorten it");

/** Variables of workflows by name. */
export const variables = z.record(actionsName, value).default({});

/** Secrets of workflows by name. */
export const namedSecrets = z.record(actionsName, configuredSecret).default({});

const approvals = z.strictObject({
  teams: z.array(team).default([]).describe("Teams that may approve, by slug or id; one approval suffices; at most 6 with the users"),
  users: z.array(user).default([]).describe("Users that may approve, by login or id"),
  preventSelfReview: z.boolean().default(true).describe("Nobody approves a deployment that they started"),
  adminsMayBypass: z.boolean().default(false).describe("Administrators may deploy without approval and wait"),
});

const unprotected = z.strictObject({
  unprotected: prose(200).describe("Why nobody has to approve a deployment to it"),
});

const deployFrom = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("any").describe("Every branch and tag") }),
  z.strictObject({ kind: z.literal("protected-branches").describe("Branches that a rule protects") }),
  z.strictObject({
    kind: z.literal("patterns").describe("Branches and tags by name"),
    branches: z.array(refPattern).default([]).describe("Names or patterns of branches"),
    tags: z.array(refPattern).default([]).describe("Names or patterns of tags"),
  }),
]);

const noApprovals = "is missing; name teams or users who approve, or say why nobody has to with { unprotected: <reason> }";

export const environment = z.strictObject({
  approvals: z
    .union([approvals, unprotected], { error: ({ input }) => (input === undefined ? noApprovals : undefined) })
    .describe("Who approves a deployment; or { unprotected: <reason> }"),
  waitMinutes: whole(0, 43_200, "minutes").default(0).describe("Minutes that a deployment waits before it starts"),
  deployFrom: deployFrom.default({ kind: "any" }).describe("Which branches and tags may be deployed to it"),
  url: url.optional().describe("Where the deployed thing is found"),
  secrets: namedSecrets.describe("Secrets that only its deployments see, at most 100"),
  variables: variables.describe("Variables that only its deployments see"),
  renamedFrom: environmentName.optional().describe("Its former name; GitHub cannot rename, so what was put into it by hand is lost, and `up` warns"),
}) satisfies z.ZodType<EnvironmentSettings>;

export const environments = z.record(environmentName, environment).default({});
