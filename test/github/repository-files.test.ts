import { expect, test } from "@jest/globals";
import { RepositoryFiles } from "../../components/github/repository-files.ts";
import { files } from "../../settings/schema/repository-parts.ts";
import { names, run, valueOf } from "./program.ts";

const content = { "b.txt": "b\n", ".github/CODEOWNERS": "* @acme/platform\n" };
const declare = (deliver: object, made?: (files: RepositoryFiles) => void) =>
  run((opts) => {
    const declared = new RepositoryFiles("shop-files", { repository: "shop", defaultBranch: "main", settings: files.parse({ deliver, content }) }, opts);
    made?.(declared);
  });
const file = (path: string, branch: string, more: object = {}) => ({
  type: "github:index/repositoryFile:RepositoryFile",
  name: `shop-files-${path}`,
  inputs: { repository: "shop", branch, file: path, content: Object.entries(content).find(([name]) => name === path)?.[1], commitMessage: `chore: keep ${path} as declared`, overwriteOnCreate: true, ...more },
});

test("trap 12: files are one commit each, one after the other, onto the default branch", async () => {
  const ran = await declare({ kind: "commit" });
  expect(ran.resources).toEqual([file(".github/CODEOWNERS", "main"), file("b.txt", "main")]);
  expect(ran.order).toEqual(["shop-files-.github/CODEOWNERS", "shop-files-b.txt"]);
  expect(ran.options.get("shop-files-b.txt")?.dependsOn).toHaveLength(1);
});

test("trap 12: an author is only stated where the settings name one, because GitHub then does not sign", async () => {
  const ran = await declare({ kind: "commit", author: { name: "Bot", email: "bot@example.com" } });
  const author = { commitAuthor: "Bot", commitEmail: "bot@example.com" };
  expect(ran.resources).toEqual([file(".github/CODEOWNERS", "main", author), file("b.txt", "main", author)]);
});

test("trap 12: where the default branch refuses commits, files are proposed by a pull request once they are on its branch", async () => {
  let number: Promise<unknown> | undefined;
  const ran = await declare({ kind: "pull-request", branch: "slipway/files" }, (declared) => {
    number = declared.pullRequest && valueOf(declared.pullRequest);
  });
  expect(ran.resources).toEqual([
    file(".github/CODEOWNERS", "slipway/files"),
    file("b.txt", "slipway/files"),
    { type: "github:index/branch:Branch", name: "shop-files-branch", inputs: { repository: "shop", branch: "slipway/files", sourceBranch: "main" } },
    {
      type: "github:index/repositoryPullRequest:RepositoryPullRequest",
      name: "shop-files-request",
      inputs: {
        baseRepository: "shop",
        baseRef: "main",
        headRef: "slipway/files",
        title: "chore: keep files as declared",
        body: "These files are declared by the stack.",
      },
    },
  ]);
  expect(ran.order).toEqual(["shop-files-branch", "shop-files-.github/CODEOWNERS", "shop-files-b.txt", "shop-files-request"]);
  expect(ran.options.get("shop-files-branch")).toMatchObject({ deleteBeforeReplace: true });
  expect(await number).toBe(7);
  expect(names(ran)).toHaveLength(4);
});
