import { expect, test } from "@jest/globals";
import { engineWords } from "../../../operations/drift/engine-words.ts";
import { inspect } from "../../../operations/drift/inspect.ts";
import type { Look } from "../../../operations/drift/inspect.ts";
import type { Difference } from "../../../operations/drift/types.ts";
import type { OpenStack } from "../../../operations/stacks/open.ts";
import type { Finished } from "../../../toolchain/command.ts";
import { DEPLOYMENT, exported, PRODUCTION, REPOSITORY, step, urnOf } from "./stack.ts";

const CALLING = { stack: "test", sandbox: false };
const NOW = new Date("2030-01-01T10:00:00Z");

function stack(finished: Partial<Finished>): OpenStack {
  return { name: "test", environment: {}, run: async () => ({ code: 0, stdout: "", stderr: "", ...finished }), exported: async () => exported(REPOSITORY, PRODUCTION, DEPLOYMENT), outputs: async () => ({}), close: async () => {} };
}

function looked(...differences: Difference[]): () => Promise<Look> {
  return async () => ({ differences, dated: (difference) => ({ ...difference, since: "2029-01-01T00:00:00Z" }), reads: { repositories: 1, requests: 1, unchanged: 0 } });
}
const hidden: Difference = { urn: urnOf(PRODUCTION.type, PRODUCTION.name), type: PRODUCTION.type, what: "github:RepositoryEnvironment/shop:production", field: "reviewers", change: "removed", where: "there", seenBy: "github" };

test("what both ways see is one finding, and what one sees alone is another", async () => {
  const live = { ...PRODUCTION.inputs, reviewers: [{ teams: [8], users: [] }] };
  const steps = [step(PRODUCTION, live, { "reviewers[0].teams[0]": "update" }), step(DEPLOYMENT, { ...DEPLOYMENT.inputs, status: {} }, { "status.replicas": "add" })];
  const { report } = await inspect(stack({ stdout: `Previewing\n${JSON.stringify({ steps })}` }), { ignore: [], calling: CALLING, now: NOW, github: looked(hidden, { ...hidden, field: "preventSelfReview", declared: true, live: false, change: "changed" }) });
  expect(report.findings.map(({ field, seenBy, since }) => [field, seenBy, since])).toEqual([
    ["preventSelfReview", "github", "2029-01-01T00:00:00Z"],
    ["reviewers[0].teams[0]", "refresh", "2029-01-01T00:00:00Z"],
  ]);
  expect(report).toMatchObject({ stack: "test", checked: "2030-01-01T10:00:00.000Z", resources: 3, owned: [{ field: "status.replicas" }], github: { repositories: 1 } });
});

test("of what is gone nothing else is told", async () => {
  const { report } = await inspect(stack({ stdout: JSON.stringify({ steps: [step(PRODUCTION, undefined)] }) }), { ignore: [], calling: CALLING, now: NOW, github: looked(hidden) });
  expect(report.findings.map(({ change }) => change)).toEqual(["missing"]);
});

test("an ignored finding is left out on the day itself, by the clock of UTC", async () => {
  const ignore = [{ what: "github:*", reason: "a trial", until: "2030-01-01" }];
  const stdout = JSON.stringify({ steps: [step(PRODUCTION, undefined)] });
  expect((await inspect(stack({ stdout }), { ignore, calling: CALLING, now: NOW })).report).toMatchObject({ findings: [], ignored: [{ change: "missing", reason: "a trial (until 2030-01-01)" }], github: undefined });
  expect((await inspect(stack({ stdout }), { ignore, calling: CALLING, now: new Date("2030-01-02T00:00:00Z") })).report.findings).toMatchObject([{ expired: "was ignored until 2030-01-01: a trial" }]);
});

test("a refresh that failed is no report, and its error is told", async () => {
  const diagnostics = [{ severity: "warning", message: "be careful" }, { severity: "error", message: "error: Preview failed: 503\n" }, { severity: "error", message: "error: another" }];
  await expect(inspect(stack({ code: 1, stdout: JSON.stringify({ steps: [], diagnostics }) }), { ignore: [], calling: CALLING, now: NOW })).rejects.toThrow(
    'stack test: the cloud cannot be compared with the state, got "Preview failed: 503" and 1 more; run pulumi refresh --preview-only --stack test',
  );
});

test.each([
  [{ stdout: "", stderr: "error: no stack named 'x' found\n" }, '"no stack named \'x\' found"'],
  [{ stdout: "{ half", stderr: "" }, '""'],
  [{ stdout: "  pulumi:pulumi:Stack (s):\n    error: update failed\n", stderr: "" }, '"update failed"'],
  [{ stdout: "", stderr: "killed" }, '"killed"'],
])("%j is told as %s", (finished, words) => {
  expect(engineWords(finished)).toBe(words);
});
