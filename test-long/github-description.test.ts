import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ensureJudges } from "../toolchain/judges.ts";
import { root } from "../toolchain/paths.ts";

test("what the sandbox knows of GitHub's REST API is GitHub's own description without its prose", async () => {
  const [description] = await ensureJudges(["github-api"], { progress: () => {} });
  expect(execFileSync(process.execPath, [join(root, "sandbox/schemas/generate-github-api.ts"), description, "--check"], { encoding: "utf8" })).toBe("");
});
