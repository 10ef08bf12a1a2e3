import * as z from "zod";
import type { ReleaseRollbackOptions } from "../../../components/workflows/verification/release-rollback.ts";
import { environmentName, labelName } from "../repository-scalars.ts";
import { actionsName, text, url, whole } from "../scalars.ts";
import { notify } from "./notify.ts";
import { packageFields, pythonVersion, testFields } from "./python-package.ts";

const indexName = text(/^[\w.-]+(\/[\w.-]+)*$/, "is not the name of an index", "write it as in its address, such as team/prod");

const username = actionsName.describe("Secret with the account's name");
const password = actionsName.describe("Secret with its password or token");

const index = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pypi").describe("PyPI: an owner yanks or deletes in a browser, and the workflow waits for it") }),
  z.strictObject({ kind: z.literal("pypiserver").describe("A pypiserver, which deletes and cannot yank"), url: url.describe("Its address"), username, password }),
  z.strictObject({
    kind: z.literal("devpi").describe("A devpi server, which deletes and cannot yank"),
    url: url.describe("Its address, without the index"),
    name: indexName.describe("The index: user/index"),
    username,
    password,
  }),
  z.strictObject({
    kind: z.literal("gitlab").describe("GitLab's package registry, which deletes and cannot yank"),
    url: url.describe("The address of GitLab"),
    name: indexName.describe("Id or path of the project"),
    password,
  }),
  z.strictObject({
    kind: z.literal("artifactory").describe("Artifactory, which deletes and cannot yank"),
    url: url.describe("Its address, such as https://example.jfrog.io/artifactory"),
    name: indexName.describe("The local repository"),
    password,
  }),
]);

export const releaseRollback: z.ZodType<ReleaseRollbackOptions> = z.strictObject({
  ...packageFields,
  index: index.default({ kind: "pypi" }).describe("Where people install from; it can be read without login"),
  environment: environmentName.describe("Environment of the job that changes the index; its reviewers approve the rollback"),
  pythonVersion: pythonVersion.default("3.12").describe("Version of Python"),
  tests: z.strictObject(testFields).optional().describe("The restored version's own tests; absent: none run"),
  waitMinutes: whole(1, 300, "minutes").default(60).describe("How long a step waits for the index; on PyPI, for people"),
  issueLabel: labelName.default("rollback").describe("Label of the issue that tracks the rollback"),
  notify: notify.omit({ issueLabel: true }).prefault({}).describe("Who else hears how it ended"),
});
