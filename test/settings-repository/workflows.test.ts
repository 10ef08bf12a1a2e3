import { describe, expect, test } from "@jest/globals";
import { wrong } from "./wrong.ts";

const committed = { files: { deliver: { kind: "commit" } } };

describe("a repository with workflows", () => {
  test("says how they get into it", () => {
    expect(wrong({ shop: { workflows: { stale: {} } } })).toEqual([
      "repositories.shop.files: is missing, and the workflows have to get into the repository; say how with files: { deliver: { kind: commit } } or kind: pull-request",
    ]);
  });

  test("has no problem where everything that they need is there", () => {
    expect(wrong({ shop: { ...committed, workflows: { stale: {} }, actions: { allowed: { kind: "selected" } } } })).toEqual([]);
  });

  test("lets their actions run", () => {
    const allowing = (allowed: object): string[] => wrong({ shop: { ...committed, workflows: { stale: {} }, actions: { allowed } } });
    expect(allowing({ kind: "none" })).toEqual([
      "repositories.shop.actions.allowed: switches Actions off, and stale.yml is a workflow; allow the actions that it uses, or remove the workflow",
    ]);
    expect(allowing({ kind: "local" })).toEqual([
      "repositories.shop.actions.allowed: does not allow actions/stale, which stale.yml uses; use kind: selected and name it",
    ]);
    expect(allowing({ kind: "selected", githubOwned: false, patterns: ["docker/*"] })).toEqual([
      "repositories.shop.actions.allowed: does not allow actions/stale, which stale.yml uses; add actions/stale@* to patterns",
    ]);
    for (const pattern of ["actions/*", "actions/stale@*", "*/stale@*"]) expect(allowing({ kind: "selected", githubOwned: false, patterns: [pattern] })).toEqual([]);
    expect(allowing({ kind: "selected", githubOwned: false, verified: true })).toEqual([]);
    expect(allowing({ kind: "all" })).toEqual([]);
  });

  test("writes none of their files out by hand", () => {
    expect(wrong({ shop: { files: { ...committed.files, content: { ".github/workflows/stale.yml": "name: Mine" } }, workflows: { stale: {} } } })).toEqual([
      'repositories.shop.files.content[".github/workflows/stale.yml"]: is made by workflows or community too; remove it here, or the option that makes it',
    ]);
  });

  test("names only families that there are", () => {
    expect(wrong({ shop: { ...committed, workflows: { stael: {} } } })).toEqual(['repositories.shop.workflows.stael: is not a setting; write stale instead']);
  });
});
