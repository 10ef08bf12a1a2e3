import * as z from "zod";
import type { ObservabilityValidateOptions } from "../../../components/workflows/containers/observability-validate.ts";
import { prose, text, url, whole } from "../scalars.ts";
import { branches, buildPath, pathGlob, serviceName } from "./containers-scalars.ts";

const globs = z.array(pathGlob).min(1, "has no pattern; write one");

const label = text(/^[A-Za-z_]\w{0,100}$/, "is not the name of a label", "use letters, digits and underscores, no digit first");

const metric = text(/^[A-Za-z_:][\w:]{0,200}$/, "is not the name of a metric", "use letters, digits, underscores and colons, no digit first");

const branding = text(/^[^\s$][^$\p{Cc}]{0,60}$/u, "is not a name that a dashboard can carry", "write it in one line of at most 61 characters, without $");

export const observabilityValidate: z.ZodType<ObservabilityValidateOptions> = z.strictObject({
  branches: branches.default(["main"]).describe("Pushes and pull requests to them are checked"),
  prometheus: z
    .strictObject({
      config: globs.default(["observability/prometheus/prometheus.yml"]).describe("Configuration files, as patterns"),
      rules: globs.default(["observability/prometheus/rules/*.yml"]).describe("Files of alert and recording rules, as patterns"),
      tests: globs.default(["observability/prometheus/tests/*.yml"]).describe("Tests of the rules, as patterns"),
    })
    .prefault({})
    .describe("What promtool reads"),
  dashboards: z
    .strictObject({
      folder: buildPath.default("reports/grafana/dashboards").describe("Where they lie; below it a service's is <service>.json"),
      branding: branding.optional().describe("What each names in its title or tags; nothing where absent"),
      services: z.array(serviceName).min(1, "has no service; write one, or leave it out").optional().describe("Services that get a dashboard where they have none; those of the stack where absent"),
    })
    .prefault({})
    .describe("What Grafana reads"),
  sources: globs.default(["packages/*/src/**", "!**/*.test.*", "!**/*.spec.*"]).describe("The code, as patterns; ! takes away again, such as tests"),
  loggers: z.array(pathGlob).default(["packages/*/src/**/logger.*", "packages/*/src/**/cli.*"]).describe("Code that may write to the console: the logger itself, programs for a terminal"),
  tracedPackages: z.array(buildPath).default([]).describe("Folders of the packages that send traces"),
  metrics: z
    .strictObject({
      composeFile: buildPath.default("docker-compose.yml").describe("Compose file that starts the services"),
      waitSeconds: whole(1, 1500, "seconds").default(180).describe("Seconds in which they must become healthy"),
      endpoints: z
        .array(z.strictObject({ url: url.describe("Where the metrics are"), metrics: z.array(metric).default([]).describe("Metrics that must be there") }))
        .default([])
        .describe("Where metrics are, and which must be there"),
    })
    .prefault({})
    .describe("Metrics of the running services"),
  forbiddenLabels: z.array(label).min(1, "has no label; write one").default(["user_id", "request_id", "timestamp"]).describe("Labels that no metric may have"),
  check: prose(100).default("observability-validate").describe("Name of the job that a ruleset asks for"),
});
