import { containers } from "../../../settings/schema/workflows/containers.ts";
import type { Key } from "./documents.ts";

/** What a stack's file would be told, as `path: message`. */
function problems(key: Key, options: object): string[] {
  const { error } = containers[key].safeParse(options);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

const command = ["true"];

describe("options of the container families", () => {
  it.each<[Key, object]>([
    ["securityScan", {}],
    ["security", {}],
    ["observabilityValidate", {}],
    ["dockerBuild", { testCommand: command }],
    ["dockerCi", { services: [{ name: "api" }] }],
    ["mcpServerRelease", { service: "mcp" }],
  ])("%s has a default for all that is not its own", (key, options) => {
    expect(problems(key, options)).toEqual([]);
  });

  it.each<[Key, object, string]>([
    ["dockerBuild", {}, "testCommand: Invalid input: expected array, received undefined"],
    ["dockerBuild", { testCommand: ["${{ secrets.X }}"] }, "testCommand.0: is not an argument; write it in one line, without ${{ }}"],
    ["dockerBuild", { testCommand: [] }, "testCommand: has no program; write the program and its arguments"],
    ["dockerBuild", { testCommand: command, platforms: ["windows/amd64"] }, "platforms.0: is not a platform; write linux/amd64 or linux/arm64"],
    ["dockerBuild", { testCommand: command, branches: [] }, "branches.0: is not the name of a branch; write a name that git accepts, such as main or release/1.2"],
    ["dockerBuild", { testCommand: command, context: "../up" }, "context: is not a path in the repository; write it from the repository's root, such as packages/api, or . for the root itself"],
    ["dockerCi", { services: [{ name: "API" }] }, "services.0.name: is not the name of an image; use lower-case letters and digits with single dots, dashes or underscores between"],
    ["dockerCi", { services: [] }, "services: has no service; write one"],
    ["security", { languages: ["cobol"] }, "languages.0: is not a language of CodeQL; write one of actions, c-cpp, csharp, go, java-kotlin, javascript-typescript, python, ruby, rust"],
    ["security", { semgrepRules: ["--config=/etc"] }, "semgrepRules.0: is not a rule set of Semgrep's registry; write one such as p/default or p/python"],
    ["security", { deniedLicences: ["GPL,MIT"] }, "deniedLicences.0: is not the beginning of a licence; write it as SPDX does, such as AGPL or GPL-3.0"],
    ["security", { without: { bandit: "" } }, "without.bandit: is not a text of 1 to 200 characters; write such a text, in quotes where it looks like a number"],
    ["securityScan", { severities: [] }, "severities: is not a list with at least one entry; write one"],
    ["mcpServerRelease", { service: "mcp", tagPrefix: "mcp-" }, "tagPrefix: is not the beginning of a version's tag; end it with v, such as mcp-server-v"],
    ["mcpServerRelease", { service: "mcp", validate: [] }, "validate: has no command; write one, or nothing is checked before a release"],
    ["observabilityValidate", { forbiddenLabels: ["user-id"] }, "forbiddenLabels.0: is not the name of a label; use letters, digits and underscores, no digit first"],
    ["observabilityValidate", { sources: ["a b"] }, "sources.0: is not a pattern of paths; write it from the repository's root, such as packages/api/**"],
    ["observabilityValidate", { dashboards: { branding: "${{ github.token }}" } }, "dashboards.branding: is not a name that a dashboard can carry; write it in one line of at most 61 characters, without $"],
  ])("%s refuses %j", (key, options, problem) => {
    expect(problems(key, options)).toEqual([problem]);
  });

  it("knows no other tool than its own", () => {
    expect(problems("security", { without: { snyk: "no account" } })).toHaveLength(1);
  });
});
