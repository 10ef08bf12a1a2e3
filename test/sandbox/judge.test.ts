import { describe, expect, test } from "@jest/globals";
import { judge } from "../../sandbox/judge.ts";
import { loadSchema } from "../../sandbox/schema.ts";
import { schemaSecrets } from "../../sandbox/schemaSecrets.ts";
import { UNKNOWN } from "../../sandbox/values.ts";
import type { Path, Properties } from "../../sandbox/values.ts";

const reasons = (provider: "github" | "docker-build" | "random", token: string, plain: Properties, secrets: Path[] = []) => {
  const schema = loadSchema(provider);
  const type = schema.resources[token];
  if (type === undefined) throw new Error(`no type ${token}`);
  return judge(schema, type, { plain, secrets }, token.slice(token.lastIndexOf(":") + 1)).map(({ reason }) => reason);
};
const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";
const SECRET = "github:index/actionsSecret:ActionsSecret";
const IMAGE = "docker-build:index:Image";

describe("the judge of inputs", () => {
  test("accepts what the schema asks for", () => {
    expect(reasons("github", ENVIRONMENT, { repository: "a", environment: "p", waitTimer: 5, reviewers: [{ teams: [1] }] })).toEqual([]);
  });

  test("names everything that is wrong at once", () => {
    expect(reasons("github", ENVIRONMENT, { environment: 5, waitTimer: "ten", reviewers: [{ teams: ["x"], groups: [] }], waitTime: 1, reviewersList: {} })).toEqual([
      "repository: is required, got nothing; give a string",
      "environment: must be a string, got 5; give a string",
      'waitTimer: must be a whole number, got "ten"; give a whole number',
      'reviewers[0].teams[0]: must be a whole number, got "x"; give a whole number',
      "reviewers[0].groups: is no property of RepositoryEnvironmentReviewer, got a list of 0; remove it, or use one of teams, users",
      "waitTime: is no property of RepositoryEnvironment, got 1; remove it, or did you mean waitTimer",
      "reviewersList: is no property of RepositoryEnvironment, got a mapping; remove it, or did you mean reviewers",
    ]);
  });

  test("a value that is not known yet is right anywhere", () => {
    expect(reasons("github", ENVIRONMENT, { repository: UNKNOWN, environment: UNKNOWN, waitTimer: UNKNOWN, reviewers: UNKNOWN, deploymentBranchPolicy: UNKNOWN })).toEqual([]);
  });

  test("an enumeration is closed", () => {
    expect(reasons("docker-build", IMAGE, { push: false, network: "bridge", platforms: ["linux/amd64", "beos/ppc"] })).toEqual([
      'network: must be one of default, host, none, got "bridge"; choose one of them',
      `platforms[1]: must be one of ${(loadSchema("docker-build").types?.["docker-build:index:Platform"]?.enum ?? []).map((item) => item.value).join(", ")}, got "beos/ppc"; choose one of them`,
    ]);
  });

  test("the items of a mapping are judged too", () => {
    expect(reasons("docker-build", IMAGE, { push: true, buildArgs: { A: 1 }, context: "." })).toEqual([
      "buildArgs.A: must be a string, got 1; give a string",
      "context: must be a mapping, got \".\"; give a mapping",
    ]);
  });

  test("never tells a secret, whether the program or the schema calls it one", () => {
    expect(reasons("github", SECRET, { repository: ["CANARY"], secretName: "S", plaintextValue: 5, sercet: "CANARY" }, [["repository"], ["sercet"]])).toEqual([
      "repository: must be a string, got a secret; give a string",
      "plaintextValue: must be a string, got a secret; give a string",
      "sercet: is no property of ActionsSecret, got a secret; remove it, or use one of destroyOnDrift, encryptedValue, keyId, plaintextValue, repository, secretName, value, valueEncrypted",
    ]);
  });

  test("a long value is cut", () => {
    expect(reasons("random", "random:index/randomPassword:RandomPassword", { length: "x".repeat(200) })).toEqual([`length: must be a whole number, got "${"x".repeat(76)}…"; give a whole number`]);
  });

  test("secrets of the schema are found at any depth", () => {
    const schema = loadSchema("docker-build");
    const body = { registries: [{ address: "a", password: "p" }], secrets: { k: "v" }, cacheTo: [{ s3: { bucket: "b", secretAccessKey: "s" } }], tags: ["t"] };
    expect(schemaSecrets(schema, schema.resources[IMAGE]?.properties ?? {}, body)).toEqual([["registries", 0, "password"], ["secrets"], ["cacheTo", 0, "s3", "secretAccessKey"]]);
  });
});
