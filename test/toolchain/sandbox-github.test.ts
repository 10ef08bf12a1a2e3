import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { githubClient } from "../../operations/github/client.ts";
import { openSandbox } from "../../toolchain/sandbox.ts";

const before = process.env["SLIPWAY_SANDBOX_DIR"];
const folder = mkdtempSync(join(tmpdir(), "slipway-sandbox-github-"));

beforeAll(() => {
  process.env["SLIPWAY_SANDBOX_DIR"] = folder;
});

afterAll(() => {
  if (before === undefined) delete process.env["SLIPWAY_SANDBOX_DIR"];
  else process.env["SLIPWAY_SANDBOX_DIR"] = before;
  rmSync(folder, { recursive: true, force: true });
});

test("what opens the sandbox finds its GitHub in the environment, and who it is there", async () => {
  const sandbox = await openSandbox();
  try {
    const { data } = await githubClient({ environment: sandbox.environment }).request("GET /user");
    expect(data.login).toBe("octocat");
    expect(sandbox.requests).toMatchObject({ total: 1, refused: 0 });
  } finally {
    await sandbox.close();
  }
});

test("where GitHub is the real one, the environment stays as it was", async () => {
  const sandbox = await openSandbox(["github"]);
  try {
    expect([sandbox.environment["GITHUB_API_URL"], sandbox.requests]).toEqual([process.env["GITHUB_API_URL"], undefined]);
  } finally {
    await sandbox.close();
  }
});
