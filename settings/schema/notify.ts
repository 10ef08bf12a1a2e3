import * as z from "zod";
import type { NotifySettings } from "../../components/delivery/notify-settings.ts";
import { branchName, NOT_AN_ADDRESS, once, prose, text } from "./scalars.ts";
import { NOT_A_VARIABLE } from "./secret.ts";

// GitHub's and Slack's tokens have small letters: one that stands here by mistake is refused, and not shown.
const variable = text(/^[A-Z_][A-Z0-9_]{0,99}$/, NOT_A_VARIABLE, "use capital letters, digits and underscores, no digit first, and set the variable where the rollout is driven");
const label = text(/^[^\s,\p{Cc}]([^,\p{Cc}]{0,48}[^\s,\p{Cc}])?$/u, "is not the name of a label", "write 1 to 50 characters without a comma");
const grafanaAddress = text(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*[^\s/?#])?$/, NOT_AN_ADDRESS, "write Grafana's without a password and without a slash at its end, such as https://example.com/grafana");

/** `rollout.notify` of a service. */
export const notify = z.strictObject({
  slack: z.strictObject({
    webhook: variable.default("SLIPWAY_SLACK_WEBHOOK").describe("Environment variable that holds the address of an incoming webhook"),
    when: z.enum(["all", "problems"]).default("all").describe("all: each step. problems: rolled back, failed, or held because it had to be"),
  }).optional().describe("Messages in a channel of Slack"),
  issue: z.strictObject({
    token: variable.default("GITHUB_TOKEN").describe("Environment variable that holds a token with the permission issues: write"),
    when: z.enum(["problems", "always"]).default("problems").describe("problems: opened with the first problem. always: opened at the start"),
    labels: z.array(label).max(20).refine(...once).default([]).describe("Labels of a new issue"),
  }).optional().describe("An issue in the service's repository, one a rollout: kept up to date, closed when it is done"),
  deployment: z.strictObject({
    token: variable.default("GITHUB_TOKEN").describe("Environment variable that holds a token with the permission deployments: write"),
    environment: prose(255).describe("Environment of the repository under which the deployment is shown"),
    ref: branchName.default("main").describe("Branch, tag or commit that is shown as deployed where the driver does not run for a commit of the repository"),
  }).optional().describe("A deployment of the service's repository with its statuses"),
  grafana: z.strictObject({
    url: grafanaAddress.describe("Where Grafana is"),
    token: variable.default("SLIPWAY_GRAFANA_TOKEN").describe("Environment variable that holds the token of a service account that may write annotations"),
  }).optional().describe("Annotations in Grafana: the rollout as a region, its steps as points"),
}).meta({ id: "RolloutNotify", description: "Who is told of a rollout" }) satisfies z.ZodType<NotifySettings>;
