import { expect, test } from "@jest/globals";
import { readSystems, tour } from "../../toolchain/tour.ts";

const continuum = {
  repository: "acme/continuum",
  environments: [{ name: "staging", approvals: "" }, { name: "production", approvals: "2 reviewers, 5 min" }],
  namespace: "continuum",
  image: "ghcr.io/acme/continuum@sha256:ab",
  hosts: ["continuum.example.com"],
  revisions: [{ id: "r1", weight: 90 }, { id: "r2", weight: 10 }],
  stage: "canary 10 %",
  dashboard: "continuum-overview",
};

test("the tour says what exists, where to look and what to try next", () => {
  expect(tour({ continuum }, ".sandbox/cloud")).toBe(`
1 system is up:

continuum
  repository   acme/continuum
  environments staging, production (2 reviewers, 5 min)
  service      continuum · continuum.example.com
  image        ghcr.io/acme/continuum@sha256:ab
  revisions    r1 90 %, r2 10 % · canary 10 %
  dashboard    continuum-overview

Where to look
  .sandbox/cloud/github/       repositories, rulesets, environments, secrets (sealed)
  .sandbox/cloud/kubernetes/   workloads, traffic splits, dashboards

What to try next
  edit .sandbox/cloud/github/acme/continuum/repository.yaml, then
  npm run slipway -- sandbox preview --refresh   shows the drift
  npm run slipway -- sandbox up --refresh        puts it back
  change an image in Pulumi.sandbox.yaml and run npm start: a new revision starts beside the stable one
  npm run slipway -- doctor                      says what this machine has
`);
});

test("what a system does not have is left out, and systems come in the order of their names", () => {
  const bare = { ...continuum, repository: "", environments: [], hosts: [], image: "", revisions: [], stage: "", dashboard: "" };
  const text = tour({ zebra: bare, ant: bare }, "/cloud");
  expect(text).toContain("\n2 systems are up:\n\nant\n  service      continuum\n\nzebra\n  service      continuum\n\nWhere to look\n");
  expect(text).toContain("edit /cloud/github, then");
});

test("a stack without a service says how to add one", () => {
  expect(tour({}, "cloud")).toBe("the stack is up and declares no service; add one under slipway:services in Pulumi.sandbox.yaml\n");
});

test("systems are read out of the stack's outputs, whatever else is there", () => {
  expect(readSystems({ systems: { continuum }, releases: {} })).toEqual({ continuum });
});

test.each([[undefined], [null], [[]], [{}], [{ systems: "[secret]" }], [{ systems: [] }]])("outputs %j have no systems", (outputs) => {
  expect(readSystems(outputs)).toEqual({});
});

test("an output of another shape gives blanks and no failure", () => {
  expect(readSystems({ systems: { odd: { environments: "x", hosts: [1], revisions: [null], image: 3 } } })).toEqual({
    odd: { repository: "", environments: [], namespace: "", image: "", hosts: [""], revisions: [{ id: "", weight: NaN }], stage: "", dashboard: "" },
  });
});
