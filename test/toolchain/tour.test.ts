import { expect, test } from "@jest/globals";
import { readSystems } from "../../toolchain/systems.ts";
import { tour } from "../../toolchain/tour.ts";

const api = {
  namespace: "continuum",
  image: "ghcr.io/acme/continuum@sha256:ab",
  hosts: ["continuum.example.com", "api.example.com"],
  revisions: [
    { id: "r1", weight: 90 },
    { id: "r2", weight: 10 },
  ],
  stage: "canary 10 %",
  dashboard: "continuum-overview",
};
const continuum = {
  repository: "acme/continuum",
  environments: [
    { name: "staging", approvals: "" },
    { name: "production", approvals: "2 reviewers, 5 min wait" },
  ],
  services: { api },
};

test("the tour says what exists, where to look and what to try next", () => {
  expect(tour({ continuum }, ".sandbox/cloud")).toBe(`
1 system is up:

continuum
  repository  acme/continuum
  environments and their approvals
    staging     no approval
    production  2 reviewers, 5 min wait
  service api
    namespace  continuum
    hosts      continuum.example.com, api.example.com
    image      ghcr.io/acme/continuum@sha256:ab
    revisions  r1 90 %, r2 10 %
    stage      canary 10 %
    dashboard  continuum-overview

where to look
  .sandbox/cloud/github/      repositories, rulesets, environments, secrets (sealed)
  .sandbox/cloud/kubernetes/  workloads, traffic splits, dashboards

what to try next
  edit .sandbox/cloud/github/acme/continuum/repository.yaml, then
  npm run slipway -- sandbox preview --refresh   shows the drift
  npm run slipway -- sandbox up --refresh        puts it back
  change an image in Pulumi.sandbox.yaml, then npm start: a new revision starts beside the stable one
  npm run slipway -- doctor                      says what this machine has
`);
});

test("what a system does not have is left out, and systems come in the order of their names", () => {
  const bare = { repository: "", environments: [], services: { web: { ...api, hosts: [], image: "", revisions: [], stage: "", dashboard: "" } } };
  const text = tour({ zebra: bare, ant: { ...bare, services: {} } }, "/cloud");
  expect(text).toContain("\n2 systems are up:\n\nant\n\nzebra\n  service web\n    namespace  continuum\n\nwhere to look\n");
  expect(text).toContain("edit a document there, then");
});

test("a stack without a system says how to add one", () => {
  expect(tour({}, "cloud")).toBe("the stack is up and declares no system; add a repository under slipway:repositories in Pulumi.sandbox.yaml\n");
});

test("systems are read out of the stack's outputs, whatever else is there", () => {
  expect(readSystems({ systems: { continuum }, releases: {} })).toEqual({ continuum });
});

test.each([[undefined], [null], [[]], [{}], [{ systems: "[secret]" }], [{ systems: [] }]])("outputs %j have no systems", (outputs) => {
  expect(readSystems(outputs)).toEqual({});
});

test("an output of another shape gives blanks and no failure", () => {
  expect(readSystems({ systems: { odd: { environments: "x", services: { s: { hosts: [1], revisions: [null], image: 3 } } } } })).toEqual({
    odd: { repository: "", environments: [], services: { s: { namespace: "", image: "", hosts: [""], revisions: [{ id: "", weight: NaN }], stage: "", dashboard: "" } } },
  });
});
