import { describe, expect, it } from "@jest/globals";
import { script, scriptFiles } from "../../../components/workflows/kit/index.ts";
import type { WorkflowInputs } from "../../../components/workflows/kit/index.ts";

function calling(run: string): WorkflowInputs {
  return { name: "X", on: {}, concurrency: "queue", jobs: { a: { name: "A", timeoutMinutes: 1, steps: [{ name: "Run", run }] } } };
}

describe("scripts of a workflow", () => {
  it.each([
    ["notify.mjs", "node .github/scripts/notify.mjs --now"],
    ["sign.sh", "bash .github/scripts/sign.sh --now"],
    ["verify.ps1", "pwsh .github/scripts/verify.ps1 --now"],
    ["measure.py", "python .github/scripts/measure.py --now"],
  ])("%s is run by what its name says", (name, run) => {
    expect(script(name, "--now")).toBe(run);
  });

  it("refuses a script of an unknown kind", () => {
    expect(() => script("thing.rb")).toThrow("no interpreter for thing.rb");
  });

  it("come with what they import", () => {
    const files = scriptFiles(calling("node .github/scripts/lib/github.mjs && node .github/scripts/lib/github.mjs"));
    expect(Object.keys(files)).toEqual([".github/scripts/lib/github.mjs"]);
    expect(files[".github/scripts/lib/github.mjs"]).toContain("GITHUB_API_URL");
  });

  it("fail loudly where one is missing", () => {
    expect(() => scriptFiles(calling("node .github/scripts/missing.mjs"))).toThrow("missing.mjs");
  });
});
