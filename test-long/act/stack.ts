import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitRepository } from "../../test/workflows/git-repository.ts";
import type { GitRepository } from "../../test/workflows/git-repository.ts";

/** A stack's repository whose `slipway` speaks docs/rollout-contract.md: it prints these events and ends with the code. */
export function fakeStack(events: readonly object[], exit: number, log: string): GitRepository {
  const repository = gitRepository(join(mkdtempSync(join(tmpdir(), "slipway-stack-")), "stack"));
  const manifest = { name: "stack", version: "1.0.0", private: true, type: "module" };
  const at = "2026-11-21T12:00:00Z";
  repository.commit("chore: begin", {
    "package.json": JSON.stringify({ ...manifest, scripts: { slipway: "node slipway.mjs" } }),
    "package-lock.json": JSON.stringify({ ...manifest, lockfileVersion: 3, requires: true, packages: { "": { name: "stack", version: "1.0.0" } } }),
    "slipway.mjs": `
      import { appendFileSync } from "node:fs";
      appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args: process.argv.slice(2), passphrase: process.env.PULUMI_CONFIG_PASSPHRASE, token: process.env.GITHUB_TOKEN }) + "\\n");
      for (const event of ${JSON.stringify(events.map((event) => ({ at, ...event })))}) console.log(JSON.stringify(event));
      process.exitCode = ${exit};
    `,
  });
  return repository;
}
