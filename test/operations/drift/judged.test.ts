import { describe, expect, test } from "@jest/globals";
import { matches, withoutIgnored } from "../../../operations/drift/ignores.ts";
import { OWNED, withoutOwned } from "../../../operations/drift/ownership.ts";
import { JUDGEMENTS } from "../../../operations/drift/severity-table.ts";
import { judged, worstFirst } from "../../../operations/drift/severity.ts";
import { declaredIn } from "../../../operations/drift/state.ts";
import type { Difference } from "../../../operations/drift/types.ts";
import { DEPLOYMENT, exported } from "./stack.ts";

function difference(type: string, field: string | undefined, change: Difference["change"], values: Partial<Difference> = {}): Difference {
  return { type, what: `${type}/shop/web`, field, change, where: "there", seenBy: "refresh", ...values };
}

describe("severity", () => {
  test.each<[string, string | undefined, Difference["change"], Partial<Difference>, string]>([
    ["github:RepositoryEnvironment", "reviewers", "removed", {}, "hostile"],
    ["github:RepositoryEnvironment", "preventSelfReview", "changed", { declared: true, live: false }, "hostile"],
    ["github:RepositoryEnvironment", "preventSelfReview", "changed", { declared: false, live: true }, "risky"],
    ["github:RepositoryEnvironment", "canAdminsBypass", "changed", { declared: false, live: true }, "hostile"],
    ["github:RepositoryEnvironment", "canAdminsBypass", "changed", { declared: true, live: false }, "risky"],
    ["github:RepositoryEnvironment", "waitTimer", "changed", { declared: 5, live: 1 }, "hostile"],
    ["github:RepositoryEnvironment", "waitTimer", "changed", { declared: 5, live: 30 }, "risky"],
    ["github:RepositoryEnvironment", undefined, "missing", {}, "hostile"],
    ["github:RepositoryRuleset", "enforcement", "changed", {}, "hostile"],
    ["github:RepositoryRuleset", "bypassActors[1]", "added", {}, "hostile"],
    ["github:RepositoryRuleset", undefined, "missing", {}, "hostile"],
    ["github:RepositoryRuleset", undefined, "unmanaged", {}, "risky"],
    ["github:RepositoryCollaborators", "users[0]", "added", {}, "hostile"],
    ["github:RepositoryCollaborators", "teams[0].permission", "changed", { declared: "push", live: "admin" }, "hostile"],
    ["github:RepositoryCollaborators", "teams[0].permission", "changed", { declared: "admin", live: "pull" }, "risky"],
    ["github:RepositoryCollaborators", "teams[0].permission", "changed", { declared: "push", live: "a custom role" }, "hostile"],
    ["github:RepositoryCollaborators", "users[0]", "removed", {}, "risky"],
    ["github:ActionsSecret", "value", "changed", {}, "hostile"],
    ["github:ActionsSecret", undefined, "missing", {}, "risky"],
    ["github:ActionsEnvironmentSecret", undefined, "unmanaged", {}, "hostile"],
    ["github:ActionsVariable", undefined, "unmanaged", {}, "risky"],
    ["github:RepositoryDeployKey", undefined, "unmanaged", {}, "hostile"],
    ["github:RepositoryWebhook", undefined, "unmanaged", {}, "hostile"],
    ["github:RepositoryWebhook", "configuration.url", "changed", {}, "hostile"],
    ["github:RepositoryWebhook", "events[0]", "changed", {}, "risky"],
    ["github:Repository", "visibility", "changed", {}, "hostile"],
    ["github:Repository", "description", "changed", {}, "benign"],
    ["github:Repository", "topics[0]", "removed", {}, "benign"],
    ["github:IssueLabels", "labels[0].color", "changed", {}, "benign"],
    ["github:RepositoryFile", "content", "changed", { what: "github:RepositoryFile/shop:.github/workflows/ci.yml" }, "hostile"],
    ["github:RepositoryFile", "content", "changed", { what: "github:RepositoryFile/shop:README.md" }, "risky"],
    ["kubernetes:Secret", "data.password", "changed", {}, "hostile"],
    ["kubernetes:NetworkPolicy", undefined, "missing", {}, "hostile"],
    ["kubernetes:NetworkPolicy", "metadata.labels.a", "changed", {}, "benign"],
    ["kubernetes:PeerAuthentication", "spec.mtls.mode", "changed", {}, "hostile"],
    ["kubernetes:Deployment", "spec.template.spec.containers[0].image", "changed", {}, "risky"],
    ["kubernetes:Deployment", "spec.template.spec.containers[0].securityContext.privileged", "added", {}, "hostile"],
    ["kubernetes:VirtualService", "spec.http[0].route[0].weight", "changed", {}, "risky"],
    ["kubernetes:Namespace", 'metadata.labels["pod-security.kubernetes.io/enforce"]', "changed", {}, "hostile"],
    ["kubernetes:Deployment", undefined, "missing", {}, "risky"],
    ["docker:Image", "tags[0]", "changed", {}, "risky"],
  ])("%s %s %s %j is %s", (type, field, change, values, severity) => {
    expect(judged(difference(type, field, change, values)).severity).toBe(severity);
  });

  test("every row says why, and the last one fits everything", () => {
    expect(JUDGEMENTS.filter(({ because }) => because.length < 10)).toEqual([]);
    expect(judged(difference("anything:At", "all", "changed"))).toEqual({ severity: "risky", because: "what it does is not what was declared" });
  });

  test("the worst come first, then by name", () => {
    const sorted = worstFirst([{ severity: "benign", what: "a" }, { severity: "hostile", what: "c" }, { severity: "hostile", what: "b" }] as const);
    expect(sorted.map(({ what }) => what)).toEqual(["b", "c", "a"]);
  });
});

describe("ownership", () => {
  const scaler = { type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", name: "hpa", inputs: { metadata: { name: "web", namespace: "shop" }, spec: { scaleTargetRef: { kind: "Deployment", name: "web" } } } };
  const canary = { type: "kubernetes:flagger.app/v1beta1:Canary", name: "canary", inputs: { metadata: { name: "web", namespace: "shop" }, spec: { targetRef: { kind: "Deployment", name: "web" } } } };
  const owned = (subject: Difference, ...others: (typeof scaler | typeof canary)[]): boolean => withoutOwned([subject], declaredIn(exported(DEPLOYMENT, ...others)).values()).owned.length === 1;
  const replicas = difference("kubernetes:Deployment", "spec.replicas", "changed", { declared: 2, live: 5 });
  const weight = difference("kubernetes:VirtualService", "spec.http[0].route[1].weight", "changed", { declared: 10, live: 20 });

  test("replicas are the autoscaler's where there is one, else drift", () => {
    expect([owned(replicas), owned(replicas, scaler), owned(replicas, canary)]).toEqual([false, true, true]);
    expect(owned({ ...replicas, what: "kubernetes:Deployment/shop/other" }, scaler)).toBe(false);
  });

  test("weights are Flagger's where a Canary of the name is declared, else drift", () => {
    expect([owned(weight), owned(weight, scaler), owned(weight, canary)]).toEqual([false, false, true]);
  });

  test.each<[string, string, boolean]>([
    ["kubernetes:Deployment", "status.replicas", true],
    ["kubernetes:Deployment", "metadata.managedFields[0].time", true],
    ["kubernetes:Deployment", 'metadata.annotations["deployment.kubernetes.io/revision"]', true],
    ["kubernetes:Deployment", 'metadata.annotations["by.hand/x"]', false],
    ["kubernetes:ValidatingWebhookConfiguration", "webhooks[0].clientConfig.caBundle", true],
    ["kubernetes:ValidatingWebhookConfiguration", "webhooks[0].failurePolicy", false],
    ["kubernetes:Service", "spec.clusterIP", true],
    ["kubernetes:Service", "spec.type", false],
    ["github:Repository", "status", false],
  ])("%s %s added by somebody: a controller's is %s", (type, field, expected) => {
    expect(owned(difference(type, field, "added", { live: "x" }))).toBe(expected);
  });

  test("an address that was declared and changed is drift", () => {
    expect(owned(difference("kubernetes:Service", "spec.clusterIP", "changed", { declared: "None", live: "10.0.0.1" }))).toBe(false);
  });

  test("a missing object is nobody's field, and every row has a reason", () => {
    expect(owned(difference("kubernetes:Deployment", undefined, "missing"), scaler)).toBe(false);
    expect(OWNED.filter(({ reason }) => reason.length < 10)).toEqual([]);
  });
});

describe("what the settings ignore", () => {
  const value = difference("github:ActionsSecret", "value", "changed", { what: "github:ActionsSecret/shop:TOKEN" });
  const entry = { what: "github:ActionsSecret/shop:*", reason: "set by the vendor", until: "2030-06-30" };

  test("is left out until its last day, and afterwards a finding that says so", () => {
    expect(withoutIgnored([value], [entry], "2030-06-30")).toEqual({ rest: [], ignored: [{ ...value, reason: "set by the vendor (until 2030-06-30)" }] });
    expect(withoutIgnored([value], [entry], "2030-07-01")).toEqual({ rest: [{ ...value, expired: "was ignored until 2030-06-30: set by the vendor" }], ignored: [] });
  });

  test("an entry with a field holds for that field alone, and a later entry renews an old one", () => {
    expect(withoutIgnored([value], [{ ...entry, field: "secretName" }], "2030-01-01").rest).toEqual([value]);
    expect(withoutIgnored([value], [{ ...entry, field: "val*" }], "2030-01-01").rest).toEqual([]);
    expect(withoutIgnored([value], [entry, { ...entry, until: "2031-01-01" }], "2030-12-31").ignored).toHaveLength(1);
  });

  test.each([
    ["a/b", "a/b", true], ["a/b", "a/bc", false], ["*", "", true], ["a*", "ab", true], ["*b", "ab", true], ["a*b*c", "a-b-b-c", true], ["a*b*c", "acb", false],
    ["ab*ba", "aba", false], ["*aa*aa*", "aaa", false], ["a.b", "axb", false],
  ])("%j fits %j: %s", (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected);
  });
});
