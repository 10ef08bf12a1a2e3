import { parse } from "yaml";
import { semanticVersion } from "../../../components/workflows/npm/semantic-version.ts";
import type { SemanticVersionOptions } from "../../../components/workflows/npm/semantic-version.ts";
import { renderWorkflow, scriptFiles } from "../../../components/workflows/kit/index.ts";
import { repository } from "../repository.ts";
import type { Ran, ScriptRoom } from "../script-room.ts";
import { MANIFEST, room } from "./versioned-room.ts";

const proposed: SemanticVersionOptions = { directory: ".", deliver: { kind: "pull-request", checks: ["ci.yml"] } };

describe("scripts/version-bump.sh", () => {
  function delivered(...messages: string[]): ScriptRoom {
    const { made, git } = room(...messages);
    const { workflows, files = {} } = semanticVersion(proposed, repository());
    for (const [path, text] of Object.entries({ ...files, ...Object.assign({}, ...workflows.map(({ document }) => scriptFiles(document))) })) made.write(path, String(text));
    git.commit("chore: deliver");
    return made;
  }
  const person = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.com", GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@example.com" };
  const bump = (made: ScriptRoom, ...args: string[]): Promise<Ran> => made.run(made.path("scripts/version-bump.sh"), person, args);

  it("commits and tags the version that the workflow would make, and pushes nothing", async () => {
    const made = delivered("feat: a");
    const { code, stdout } = await bump(made);
    expect(code).toBe(0);
    expect(stdout).toBe("v1.2.3 → v1.3.0 (minor)\nv1.3.0 is committed and tagged here; publish it with: git push --atomic origin HEAD v1.3.0\n");
    expect(made.repository().git("log", "-1", "--format=%s %D")).toBe("chore(release): v1.3.0 HEAD -> main, tag: v1.3.0");
    expect(JSON.parse(made.read("package.json")).version).toBe("1.3.0");
    expect(JSON.parse(made.read("package-lock.json")).version).toBe("1.3.0");
  });

  it("takes a bump that somebody chooses, and nothing else", async () => {
    const made = delivered("docs: a");
    expect((await bump(made, "major")).stdout).toContain("→ v2.0.0 (major)");
    expect(await bump(made, "$(touch pwned)")).toMatchObject({ code: 2, stdout: "" });
    expect(made.exists("pwned")).toBe(false);
  });

  it("does nothing where nothing asks for a version, or where work is not committed", async () => {
    const made = delivered("docs: a");
    expect(await bump(made)).toMatchObject({ code: 0, stdout: "no commit since v1.2.3 asks for a version\n" });
    made.write("package.json", MANIFEST.replace("tool", "other"));
    expect(await bump(made, "patch")).toMatchObject({ code: 1, stderr: "version-bump.sh: there are changes that are not committed; commit or stash them\n" });
  });
});

describe("semantic-version.yml", () => {
  const made = (options: SemanticVersionOptions) => semanticVersion(options, repository());
  const [workflow] = made(proposed).workflows.map((file) => parse(renderWorkflow(file)));

  it("asks for bump_type, and tags what a merge brings", () => {
    expect(workflow.on.workflow_dispatch.inputs.bump_type).toMatchObject({ type: "choice", options: ["auto", "major", "minor", "patch"], default: "auto" });
    expect(workflow.on.push).toEqual({ branches: ["main"], paths: ["package.json"] });
    expect(Object.keys(workflow.jobs)).toEqual(["propose", "checks", "tag", "release"]);
    expect(workflow.jobs.propose.permissions).toEqual({ contents: "write", "pull-requests": "write" });
    expect(workflow.jobs.release).toMatchObject({ needs: ["tag"], if: "needs.tag.outputs.tag != ''" });
    expect(workflow.jobs.release.steps[1].env).toMatchObject({ WORKFLOW: "release.yml", REF: "${{ needs.tag.outputs.tag }}" });
  });

  it("commits with a token that may, where the team wants no pull request", () => {
    const [direct] = made({ directory: "npm", deliver: { kind: "commit", token: "RELEASE_TOKEN" } }).workflows.map((file) => parse(renderWorkflow(file)));
    expect(Object.keys(direct.on)).toEqual(["workflow_dispatch"]);
    expect(Object.keys(direct.jobs)).toEqual(["version"]);
    expect(direct.jobs.version.permissions).toEqual({ contents: "read" });
    expect(direct.jobs.version.steps[2].env.GITHUB_TOKEN).toBe("${{ secrets.RELEASE_TOKEN }}");
  });

  it("delivers the local script for the folder of package.json", () => {
    const text = made({ ...proposed, directory: "npm" }).files?.["scripts/version-bump.sh"] ?? "";
    expect(text).toContain("DIRECTORY=npm node .github/scripts/next-version.mjs");
    expect(text).not.toContain("PACKAGE_DIRECTORY");
  });
});
