import { describe, expect, test } from "@jest/globals";
import { Problem } from "../../../toolchain/problem.ts";
import { githubClient } from "../../../operations/github/client.ts";
import { reconcilePlan } from "../../../operations/drift/reconcile-plan.ts";
import type { Plan } from "../../../operations/drift/reconcile-plan.ts";
import { reconcile } from "../../../operations/drift/reconcile.ts";
import { declaredIn } from "../../../operations/drift/state.ts";
import type { Finding } from "../../../operations/drift/types.ts";
import type { OpenStack } from "../../../operations/stacks/open.ts";
import { exported, PRODUCTION, REPOSITORY, TOKEN, urnOf } from "./stack.ts";
import type { Made } from "./stack.ts";

const SECRET_OF: Made = { ...TOKEN, dependencies: [urnOf(PRODUCTION.type, PRODUCTION.name)] };
const WITHIN: Made = { ...PRODUCTION, dependencies: [urnOf(REPOSITORY.type, REPOSITORY.name)] };
const declared = declaredIn(exported(REPOSITORY, WITHIN, SECRET_OF));
const next = { reconcile: "", adopt: { none: "" }, ignore: "" };

function finding({ type, name }: Made, values: Partial<Finding>): Finding {
  const urn = urnOf(type, name);
  return { urn, type, what: declared.get(urn)?.what ?? "", change: "changed", where: "", seenBy: "refresh", severity: "risky", because: "", next, ...values };
}
const evil: Finding = {
  ...finding(TOKEN, { change: "unmanaged", seenBy: "github", severity: "hostile" }), urn: undefined, what: "github:ActionsSecret/shop:EVIL",
  removal: { route: "DELETE /repos/{owner}/{repo}/actions/secrets/{secret_name}", parameters: { owner: "acme", repo: "shop", secret_name: "EVIL" } },
};
const ALL = ["hostile", "risky", "benign"] as const;

describe("what is put back", () => {
  test("is of the chosen severities, each object once", () => {
    const findings = [finding(REPOSITORY, { severity: "benign", field: "description" }), finding(REPOSITORY, { severity: "risky", field: "archived" }), finding(TOKEN, { severity: "hostile", field: "value" })];
    expect(reconcilePlan(findings, declared, { severities: ["hostile"], remove: [] }).targets).toEqual([urnOf(TOKEN.type, TOKEN.name)]);
    expect(reconcilePlan(findings, declared, { severities: ALL, remove: [] }).targets).toEqual([urnOf(REPOSITORY.type, REPOSITORY.name), urnOf(TOKEN.type, TOKEN.name)]);
    expect(reconcilePlan(findings, declared, { severities: [], remove: [] })).toEqual({ calls: [], targets: [], about: [] });
    expect(reconcilePlan(findings, declared, { severities: ALL, only: ["github:ActionsSecret/*"], remove: [] }).about).toEqual(["github:ActionsSecret/shop:TOKEN"]);
  });

  test("what is gone comes back with what it needs and is gone too, however mild that is", () => {
    const findings = [finding(TOKEN, { change: "missing", severity: "hostile" }), finding(PRODUCTION, { change: "missing", severity: "risky" }), finding(REPOSITORY, { change: "missing", severity: "risky" })];
    expect(reconcilePlan(findings, declared, { severities: ["hostile"], remove: [] }).targets).toEqual([urnOf(TOKEN.type, TOKEN.name), urnOf(PRODUCTION.type, PRODUCTION.name), urnOf(REPOSITORY.type, REPOSITORY.name)]);
  });

  test("reviewers that only the API misses are sent with the whole protection, and no update is needed", () => {
    const findings = ["reviewers", "preventSelfReview"].map((field) => finding(PRODUCTION, { field, seenBy: "github", severity: "hostile" }));
    expect(reconcilePlan(findings, declared, { severities: ["hostile"], remove: [] })).toEqual({
      targets: [],
      about: ["github:RepositoryEnvironment/shop:production"],
      calls: [{
        route: "PUT /repos/{owner}/{repo}/environments/{environment_name}",
        parameters: { owner: "acme", repo: "shop", environment_name: "production", wait_timer: 5, prevent_self_review: true, can_admins_bypass: false, reviewers: [{ type: "Team", id: 7 }], deployment_branch_policy: null },
      }],
    });
  });

  test("what nobody declared goes only where it is named word for word", () => {
    expect(reconcilePlan([evil], declared, { severities: ALL, remove: [] })).toEqual({ calls: [], targets: [], about: [] });
    expect(reconcilePlan([evil], declared, { severities: [], remove: [evil.what] }).calls).toEqual([evil.removal]);
    expect(() => reconcilePlan([evil], declared, { severities: [], remove: ["github:ActionsSecret/*"] })).toThrow('--delete: names nothing that was found, got "github:ActionsSecret/*"; copy the name from a finding');
  });

  test("all names that fit nothing are told at once", () => {
    const given = { severities: ALL, only: ["github:Nothing/*"], remove: ["github:ActionsSecret/shop:EVIL2", "github:ActionsSecret/shop:TOKEN"] };
    expect(() => reconcilePlan([evil, finding(TOKEN, {})], declared, given)).toThrow(new Problem([
      '--only: names nothing that was found, got "github:Nothing/*"; copy the name from a finding',
      '--delete: names nothing that was found, got "github:ActionsSecret/shop:EVIL2"; write "github:ActionsSecret/shop:EVIL"',
      '--delete: is declared by the stack, got "github:ActionsSecret/shop:TOKEN"; take it out of the stack\'s file and run pulumi up',
    ].join("\n")));
  });
});

describe("putting back", () => {
  const plan: Plan = { calls: [], targets: ["urn:a", "urn:b"], about: [] };

  function stack(answers: { preview?: unknown; code?: number; stderr?: string }): { stack: OpenStack; ran: string[] } {
    const ran: string[] = [];
    const run: OpenStack["run"] = async (args) => {
      ran.push(args.join(" "));
      const { preview = { steps: [{ op: "same", urn: "u" }] }, code = 0, stderr = "" } = answers;
      return args[0] === "preview" ? { code: 0, stdout: JSON.stringify(preview), stderr: "" } : { code, stdout: "", stderr };
    };
    return { ran, stack: { name: "test", environment: {}, run, exported: async () => ({}), outputs: async () => ({}), close: async () => {} } };
  }

  test("runs one update of the objects alone", async () => {
    const { stack: open, ran } = stack({});
    await reconcile(open, plan, undefined, () => {});
    expect(ran).toEqual(["preview --json --non-interactive --stack test", "up --refresh --yes --skip-preview --non-interactive --stack test --target urn:a --target urn:b"]);
  });

  test("is refused where the program wants what is not applied yet, before anything is changed", async () => {
    const { stack: open, ran } = stack({ preview: { steps: [{ op: "create", urn: "a::b::c::new" }, { op: "same", urn: "x" }] } });
    await expect(reconcile(open, { ...plan, calls: evil.removal === undefined ? [] : [evil.removal] }, () => { throw new Error("no call is made"); }, () => {})).rejects.toThrow(
      "stack test: its program wants what is not applied yet, got 1 change (create new); apply them by pulumi up first, or check out what was applied",
    );
    expect(ran).toHaveLength(1);
  });

  test("a failed update says what the state holds now", async () => {
    const { stack: open } = stack({ code: 255, stderr: "error: update failed: 422" });
    await expect(reconcile(open, plan, undefined, () => {})).rejects.toThrow('stack test: could not be put back whole, got "update failed: 422"; run pulumi up --refresh --stack test, because the state now holds the live values of what is left');
  });

  test("calls need GitHub's API", async () => {
    const { stack: open, ran } = stack({});
    const calls = evil.removal === undefined ? [] : [evil.removal];
    await expect(reconcile(open, { calls, targets: [], about: [] }, undefined, () => {})).rejects.toThrow("--no-github: leaves GitHub's API alone, got something that only the API can put back; leave the option out");
    await expect(reconcile(open, { calls, targets: [], about: [] }, () => githubClient({ environment: {} }), () => {})).rejects.toThrow("GITHUB_TOKEN: is not set");
    expect(ran).toEqual([]);
  });
});
