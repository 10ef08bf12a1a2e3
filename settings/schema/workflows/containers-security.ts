import * as z from "zod";
import { tools } from "../../../components/workflows/containers/security.ts";
import type { SecurityOptions } from "../../../components/workflows/containers/security.ts";
import { cron, prose, text } from "../scalars.ts";
import { branches, buildPath } from "./containers-scalars.ts";

const languages = ["actions", "c-cpp", "csharp", "go", "java-kotlin", "javascript-typescript", "python", "ruby", "rust"] as const;

const languageList = z.array(z.enum(languages, `is not a language of CodeQL; write one of ${languages.join(", ")}`)).min(1, "has no language; write one, or leave CodeQL out by without: { codeql: <reason> }");

const pythonVersion = text(/^3\.\d{1,2}$/, "is not a version of Python", 'write it in quotes, such as "3.12"');

const ruleSet = text(/^(p|r)\/[\w./-]+$/, "is not a rule set of Semgrep's registry", "write one such as p/default or p/python");

const licence = text(/^[A-Za-z0-9][A-Za-z0-9.+-]{0,60}$/, "is not the beginning of a licence", "write it as SPDX does, such as AGPL or GPL-3.0");

export const security: z.ZodType<SecurityOptions> = z.strictObject({
  schedule: cron.default("0 2 * * *").describe("When it runs, UTC"),
  branches: branches.default(["main", "develop"]).describe("Pushes and pull requests to them are scanned"),
  languages: languageList.default(["python", "actions"]).describe("Languages that CodeQL reads"),
  sources: z.array(buildPath).min(1, "has no folder; write one, or leave Bandit out by without: { bandit: <reason> }").default(["."]).describe("Folders of the Python code that Bandit reads"),
  pythonVersion: pythonVersion.default("3.12").describe("Python that dependencies are resolved with"),
  semgrepRules: z.array(ruleSet).min(1, "has no rule set; write one, or leave Semgrep out by without: { semgrep: <reason> }").default(["p/default"]).describe("Rule sets of Semgrep's registry"),
  failOnSeverity: z
    .enum(["low", "moderate", "high", "critical"], "is not a severity; write low, moderate, high or critical")
    .default("high")
    .describe("From which severity a new dependency's vulnerability fails a pull request"),
  deniedLicences: z
    .array(licence)
    .min(1, "has no licence; write one, or leave the check out by without: { licences: <reason> }")
    .default(["AGPL", "GPL", "SSPL"])
    .describe("Beginnings of licences that a dependency may not have: AGPL is also AGPL-3.0-only"),
  image: z
    .strictObject({
      dockerfile: buildPath.default("Dockerfile").describe("Path of the Dockerfile"),
      context: buildPath.default(".").describe("Folder that the build may read"),
    })
    .optional()
    .describe("The image that Trivy scans too; files alone where absent"),
  without: z.partialRecord(z.enum(tools, `is not one of the tools; write one of ${tools.join(", ")}`), prose(200)).default({}).describe("Tools that do not run, each with the reason"),
});
