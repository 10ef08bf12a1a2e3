import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { declaredIn } from "../operations/drift/state.ts";
import type { Declared } from "../operations/drift/types.ts";
import { Documents } from "../sandbox/documents.ts";
import { ROWS } from "../sandbox/github/table.ts";
import { numberOf } from "../sandbox/identity.ts";
import { idOf } from "../sandbox/population.ts";
import { Seal } from "../sandbox/seal.ts";
import { fillPath } from "../sandbox/template.ts";
import type { Properties } from "../sandbox/values.ts";

interface Resource {
  type: string;
  inputs: Properties;
  /** What asks for this one alone. */
  single: string;
}

const OWNER = "acme";
const ENVIRONMENTS = ["canary", "staging", "production"];

/** What a usual repository of the five systems declares, without its files and labels, which both ways leave to the refresh. */
function resourcesOf(repository: string): Resource[] {
  const at = `GET /repos/${OWNER}/${repository}`;
  const rules = { deletion: true, nonFastForward: true };
  return [
    { type: "Repository", inputs: { name: repository, visibility: "private", autoInit: true }, single: at },
    { type: "RepositoryCollaborators", inputs: { repository, teams: [{ teamId: "platform", permission: "push" }], users: [{ username: "ada", permission: "pull" }] }, single: `${at}/collaborators/ada/permission` },
    ...["main", "releases"].map((name) => ({ type: "RepositoryRuleset", inputs: { repository, name, target: "branch", enforcement: "active", rules }, single: `${at}/rulesets/{#}` })),
    ...["NPM_TOKEN", "SLACK_WEBHOOK"].map((secretName) => ({ type: "ActionsSecret", inputs: { repository, secretName, value: "sealed" }, single: `${at}/actions/secrets/${secretName}` })),
    ...["LEVEL", "REGION"].map((variableName) => ({ type: "ActionsVariable", inputs: { repository, variableName, value: "x" }, single: `${at}/actions/variables/${variableName}` })),
    ...ENVIRONMENTS.flatMap((environment): Resource[] => [
      { type: "RepositoryEnvironment", inputs: { repository, environment, canAdminsBypass: false, preventSelfReview: true, reviewers: [{ teams: [idOf("team", "platform")], users: [] }] }, single: `${at}/environments/${environment}` },
      ...["KUBE_CONFIG", "PASSWORD"].map((secretName) => ({ type: "ActionsEnvironmentSecret", inputs: { repository, environment, secretName, value: "sealed" }, single: `${at}/environments/${environment}/secrets/${secretName}` })),
      { type: "ActionsEnvironmentVariable", inputs: { repository, environment, variableName: "LEVEL", value: "x" }, single: `${at}/environments/${environment}/variables/LEVEL` },
    ]),
  ];
}

export interface Repositories {
  declared: Map<string, Declared>;
  documents: Documents;
  /** One call an object, as a refresh and most tools ask. */
  singles: string[];
  leave(): void;
}

/** So many repositories in a cloud of their own, each with an undeclared secret and an environment whose reviewers are gone. */
export function repositories(count: number): Repositories {
  const folder = mkdtempSync(join(tmpdir(), "slipway-bench-"));
  const documents = new Documents(join(folder, "cloud"), new Seal(Buffer.alloc(32, 7)));
  const time = "2026-01-01T00:00:00.000Z";
  const provider = "urn:pulumi:bench::slipway::pulumi:providers:github::default";
  const state: unknown[] = [{ urn: provider, type: "pulumi:providers:github", custom: true, inputs: { owner: OWNER } }];
  const singles: string[] = [];
  const put = (type: string, body: Properties): number => {
    const path = `github/${OWNER}/${fillPath(ROWS[type]?.path ?? "", body)}`;
    documents.write(path, { body, secrets: [], madeBy: "urn:bench", created: time, updated: time });
    return numberOf(path);
  };
  for (let at = 0; at < count; at++) {
    const repository = `service-${at}`;
    for (const { type, inputs, single } of resourcesOf(repository)) {
      const hidden = type === "RepositoryEnvironment" && inputs["environment"] === "staging";
      const { reviewers: _reviewers, preventSelfReview: _self, ...bare } = inputs;
      const number = put(type, hidden ? bare : inputs);
      const token = `github:index/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`;
      state.push({ urn: `urn:pulumi:bench::slipway::${token}::${repository}-${number}`, type: token, id: String(number), custom: true, inputs, outputs: {}, provider: `${provider}::p`, modified: "2026-06-01T00:00:00Z" });
      singles.push(single.replace("{#}", String(number)));
    }
    put("ActionsSecret", { repository, secretName: "UNKNOWN", value: "sealed" });
  }
  return { declared: declaredIn({ deployment: { resources: state } }), documents, singles, leave: () => rmSync(folder, { recursive: true, force: true }) };
}
