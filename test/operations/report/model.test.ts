import { describe, expect, test } from "@jest/globals";
import type { Update } from "../../../operations/metrics/releaseRuns.ts";
import { reportModel } from "../../../operations/report/model.ts";
import type { ReportInputs } from "../../../operations/report/model.ts";
import type { FlaggerSettings } from "../../../components/delivery/engine-settings.ts";
import { IN_MESH, ROLLOUT, settings } from "../../delivery/service-fixtures.ts";
import { ago, DIGEST, NOW } from "./fixtures.ts";

const OTHER = `sha256:${"cd".repeat(32)}`;
const nobody = { kind: "unknown", why: "nobody looked" } as const;

interface Weighted {
  id: string;
  role: string;
  weight: number;
  image?: string;
}

const release = (revisions: readonly Weighted[], more: object = {}): object => ({
  revisions: revisions.map(({ id, image = `ghcr.io/acme/shop@${DIGEST}`, role, weight }) => ({ id, role, weight, image, specification: {} })), stage: { kind: "rollout" }, since: ago(3), rejected: [], ...more,
});
const urn = (type: string, name: string): string => `urn:pulumi:production::slipway::${type}::${name}`;
const resource = (type: string, name: string, outputs: object) => ({ urn: urn(type, name), type, outputs });
const routes = (...weights: [string, number][]) => resource("kubernetes:networking.istio.io/v1:VirtualService", "shop-traffic-routes", {
  spec: { http: [{ match: [{ headers: { "x-tester": {} } }], route: [{ destination: { subset: "rold" }, weight: 100 }] }, { route: weights.map(([subset, weight]) => ({ destination: { subset }, weight })) }] },
});
const SYSTEMS = { shop: { repository: "acme/shop", environments: [{ name: "production", approvals: "2 reviewers (team release, user ada)", url: "https://shop.example.com" }], services: { shop: { namespace: "shop", hosts: ["shop.example.com"] } } } };
const exported = (outputs: object, ...resources: object[]) => ({ deployment: { resources: [resource("pulumi:pulumi:Stack", "slipway-production", outputs), ...resources] } });
const inputs = (change: Partial<ReportInputs> = {}): ReportInputs => ({
  stack: "production", now: NOW, exported: exported({ releases: { shop: release([{ id: "ra", role: "stable", weight: 100 }]) }, systems: SYSTEMS }, routes(["ra", 100])), settings: { services: { shop: settings() } },
  updates: nobody, commitTimes: new Map(), audit: nobody, answers: nobody, drift: nobody, policy: nobody, ...change,
});

describe("a report's model", () => {
  test("says which revision of a service runs where, at which weight and by which digest", () => {
    const releases = { shop: release([{ id: "ra", role: "stable", weight: 75 }, { id: "rb", role: "candidate", weight: 25, image: `ghcr.io/acme/shop@${OTHER}` }], { rejected: [{ id: "rz", reason: "slow", at: ago(50) }], asked: { image: `ghcr.io/acme/shop@${OTHER}`, instead: "x" } }) };
    expect(reportModel(inputs({ exported: exported({ releases, systems: SYSTEMS }, routes(["ra", 75], ["rb", 25])) })).services).toEqual([{
      name: "shop", system: "shop", namespace: "shop", hosts: ["shop.example.com"], stage: "in flight", since: ago(3), stages: [10, 25, 50, 100], asked: `ghcr.io/acme/shop@${OTHER}`, inCluster: true,
      revisions: [
        { id: "ra", role: "stable", weight: 75, applied: 75, image: "ghcr.io/acme/shop", tag: undefined, digest: DIGEST },
        { id: "rb", role: "candidate", weight: 25, applied: 25, image: "ghcr.io/acme/shop", tag: undefined, digest: OTHER },
      ],
      rejected: [{ revision: "rz", reason: "slow", at: ago(50) }],
    }]);
  });

  test("sees weights that the cluster does not have, except where a controller moves them", () => {
    const flagger: FlaggerSettings = { kind: "flagger", prometheus: "http://prometheus:9090", failedChecks: 2, checks: 5, unreadySeconds: 90, alerts: {} };
    const differing = { exported: exported({ releases: { shop: release([{ id: "ra", role: "stable", weight: 100 }]) }, systems: SYSTEMS }, routes(["ra", 60], ["rx", 40])) };
    const inCluster = (change: Partial<ReportInputs>) => reportModel(inputs(change)).services.map((each) => [each.inCluster, each.revisions[0]?.applied]);
    expect(inCluster(differing)).toEqual([[false, 60]]);
    expect(inCluster({ ...differing, settings: { services: { shop: settings({ traffic: IN_MESH, rollout: { ...ROLLOUT, engine: flagger } }) } } })).toEqual([[true, 60]]);
  });

  test("takes names that every object has for names", () => {
    const releases = { constructor: release([{ id: "toString", role: "stable", weight: 100 }]) };
    expect(reportModel(inputs({ exported: exported({ releases }), settings: { services: {} } })).services).toMatchObject([{ name: "constructor", inCluster: false, stages: [], revisions: [{ id: "toString", applied: undefined }] }]);
  });

  test("takes a stage that is held with its reason, and an image by its tag", () => {
    const releases = { shop: release([{ id: "ra", role: "stable", weight: 90, image: "ghcr.io/acme/shop:v1" }, { id: "rb", role: "candidate", weight: 10, image: "not a reference" }], { stage: { kind: "held", reason: "Friday" } }) };
    const [shop] = reportModel(inputs({ exported: exported({ releases }) })).services;
    expect(shop).toMatchObject({ stage: "held", held: "Friday", system: "", namespace: "", revisions: [{ image: "ghcr.io/acme/shop", tag: "v1", digest: undefined }, { image: "not a reference" }] });
  });

  test("says who approves what on GitHub, and what a ruleset asks for", () => {
    const github = (type: string, name: string, outputs: object) => resource(`github:index/${type}`, name, { repository: "shop", ...outputs });
    const { systems } = reportModel(inputs({
      exported: exported({ systems: SYSTEMS },
        github("repository:Repository", "shop", { name: "shop", fullName: "acme/shop", visibility: "private", htmlUrl: "https://github.com/acme/shop" }),
        github("repositoryEnvironment:RepositoryEnvironment", "p", { environment: "production", canAdminsBypass: false, preventSelfReview: true, waitTimer: 5, reviewers: [{ teams: [1], users: [2] }], deploymentBranchPolicy: { customBranchPolicies: true, protectedBranches: false } }),
        github("repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy", "t", { environment: "production", tagPattern: "v*" }),
        github("repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy", "b", { environment: "production", branchPattern: "main" }),
        github("repositoryEnvironment:RepositoryEnvironment", "h", { environment: "by-hand", waitTimer: 10, reviewers: [{ users: [7] }], deploymentBranchPolicy: { customBranchPolicies: false, protectedBranches: true } }),
        github("repositoryEnvironment:RepositoryEnvironment", "o", { environment: "open", canAdminsBypass: false }),
        github("repositoryRuleset:RepositoryRuleset", "r", {
          name: "main", target: "branch", enforcement: "evaluate", conditions: { refName: { includes: ["~DEFAULT_BRANCH"] } },
          rules: { pullRequest: { requiredApprovingReviewCount: 2, requireCodeOwnerReview: true }, requiredStatusChecks: { requiredChecks: [{ context: "test" }] }, mergeQueue: {}, requiredDeployments: { requiredDeploymentEnvironments: ["staging"] }, deletion: true, nonFastForward: true, update: false },
        }),
        github("repositoryRuleset:RepositoryRuleset", "s", { name: "pushes", target: "push", enforcement: "active", rules: { maxFileSize: { maxFileSize: 20 }, fileExtensionRestriction: { restrictedFileExtensions: ["*.pem"] }, pullRequest: { requiredApprovingReviewCount: 0 } } })),
    }));
    expect(systems).toEqual([{
      name: "shop", repository: "acme/shop", visibility: "private", address: "https://github.com/acme/shop",
      environments: [
        { name: "by-hand", address: undefined, approvals: "1 reviewer, 10 min wait", reviewed: true, selfReview: true, adminsBypass: true, waitMinutes: 10, deployFrom: ["protected branches"] },
        { name: "open", address: undefined, approvals: "none", reviewed: false, selfReview: true, adminsBypass: false, waitMinutes: 0, deployFrom: ["any branch"] },
        { name: "production", address: "https://shop.example.com", approvals: "2 reviewers (team release, user ada)", reviewed: true, selfReview: false, adminsBypass: false, waitMinutes: 5, deployFrom: ["main", "tag v*"] },
      ],
      rulesets: [
        { name: "main", target: "branch", active: false, refs: ["~DEFAULT_BRANCH"], rules: ["2 approvals, by code owners", "checks test", "deployed to staging", "merge queue", "no deletion", "no force push"] },
        { name: "pushes", target: "push", active: true, refs: [], rules: ["pull request", "never *.pem", "files up to 20 MB"] },
      ],
    }]);
  });

  test("never holds a secret of the state", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:canary" };
    const releases = { shop: { ...release([]), revisions: [{ id: "ra", role: "stable", weight: 100, image: "ghcr.io/acme/shop:v1", specification: { environment: { TOKEN: "canary" }, secrets: { KEY: { secret: "canary" } } } }] } };
    const model = reportModel(inputs({
      exported: exported({ releases, systems: { ...SYSTEMS, shop: { ...SYSTEMS.shop, services: { shop: { namespace: secret, hosts: [secret] } } } }, canary: secret },
        resource("github:index/actionsSecret:ActionsSecret", "s", { repository: "shop", value: secret, plaintextValue: "canary" }),
        resource("github:index/repository:Repository", "shop", { name: "shop", fullName: secret })),
    }));
    expect(JSON.stringify(model)).not.toMatch(/canary|ciphertext/);
  });

  test("refuses a damaged record, and reads a state without anything", () => {
    expect(() => reportModel(inputs({ exported: exported({ releases: { shop: release([{ id: "ra", role: "stable", weight: 90 }]) } }) }))).toThrow("releases.shop.revisions: has weights that do not add up to 100, got [90]; restore the stack's outputs from its history (pulumi stack history, pulumi stack import)");
    for (const empty of [{}, { deployment: null }, { deployment: {} }, { deployment: { resources: null } }, { deployment: { resources: [] } }]) {
      expect(reportModel(inputs({ exported: empty, settings: { services: {} } }))).toEqual({ stack: "production", at: ago(0), attention: [], systems: [], services: [], levels: nobody, rollouts: nobody, drift: nobody, policy: nobody, delivery: nobody });
    }
  });

  test("leaves out what only waits for its deletion", () => {
    const gone = { ...resource("github:index/repository:Repository", "old", { name: "old", fullName: "acme/old" }), delete: true };
    expect(reportModel(inputs({ exported: exported({}, gone) })).systems).toEqual([]);
  });

  test("counts deliveries of the stack and of each service, and tells of the last update", () => {
    const record = (id: string) => ({ shop: { stage: { kind: "settled" as const }, since: ago(1), rejected: [], revisions: [{ id, role: "stable" as const, weight: 100 }] } });
    const at = (hours: number) => NOW - hours * 3600;
    const updates: Update[] = [{ kind: "update", result: "succeeded", endedAt: at(40), releases: record("ra"), commit: "a".repeat(40) }, { kind: "update", result: "failed", endedAt: at(2), releases: record("ra") }, { kind: "preview", result: "succeeded", endedAt: at(1) }];
    const { attention, delivery, rollouts } = reportModel(inputs({ updates: { kind: "found", value: updates }, commitTimes: new Map([["a".repeat(40), at(41)]]) }));
    const figures = { deployments: 1, leadTime: 3600, restoreTime: undefined, changeFailureRatio: 0 };
    expect(delivery).toEqual({ kind: "found", value: { days: 30, stack: figures, services: { shop: figures }, lastUpdate: { at: ago(2), kind: "update", result: "failed" } } });
    expect(rollouts).toEqual({ kind: "found", value: { older: 0, brokenLines: [], list: [{ service: "shop", revision: "ra", startedAt: ago(40), endedAt: ago(40), outcome: "done", steps: [], source: "history" }] } });
    expect(attention).toEqual([{ urgency: "act", subject: "the stack", text: "its last update failed; run it again", section: "delivery" }]);
    expect(reportModel(inputs({ updates: { kind: "found", value: [{ kind: "update", result: "succeeded", endedAt: at(2) }] } })).delivery).toEqual({ kind: "unknown", why: "the stack's history holds no record of a release; the next update writes one" });
  });
});
