/**
 * Keeps of a stack's exported state what a report reads, so that it can lie beside the tests:
 * slipway sandbox stack export | node test/operations/report/trim-state.ts > test/operations/report/five-systems.json
 */
import { readFileSync } from "node:fs";

type Fields = Readonly<Record<string, unknown>>;
interface Resource {
  urn: string;
  type: string;
  outputs?: Fields;
}

/** Outputs that are kept, by type. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  "pulumi:pulumi:Stack": ["releases", "systems"],
  "github:index/repository:Repository": ["name", "fullName", "visibility", "htmlUrl"],
  "github:index/repositoryEnvironment:RepositoryEnvironment": ["repository", "environment", "canAdminsBypass", "preventSelfReview", "waitTimer", "deploymentBranchPolicy", "reviewers"],
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy": ["repository", "environment", "branchPattern", "tagPattern"],
  "github:index/repositoryRuleset:RepositoryRuleset": ["repository", "name", "target", "enforcement", "rules", "conditions"],
  "kubernetes:networking.istio.io/v1:VirtualService": ["spec"],
};

const { deployment: { resources } }: { deployment: { resources: readonly Resource[] } } = JSON.parse(readFileSync(0, "utf8"));
const lines = resources.flatMap(({ outputs = {}, type, urn }) => {
  const kept = KEPT[type]?.flatMap((key) => (outputs[key] === undefined ? [] : [[key, key === "releases" ? withoutSpecifications(outputs[key]) : outputs[key]]]));
  return kept === undefined ? [] : [JSON.stringify({ urn, type, outputs: Object.fromEntries(kept) })];
});
process.stdout.write(`{"deployment":{"resources":[\n${lines.join(",\n")}\n]}}\n`);

/** How the pods run is the longest part of a record, and no report shows it. */
function withoutSpecifications(releases: unknown): unknown {
  return JSON.parse(JSON.stringify(releases, (key, value: unknown) => (key === "specification" ? {} : value)));
}
