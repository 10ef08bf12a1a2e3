import { packageIndex } from "./act/pypi.ts";
import { stage } from "./act/stage.ts";

/** What pip-audit is to the workflow: it finds what VULNERABLE names. */
const AUDIT = `
import json, os, sys
def main():
    found = [{"id": each, "fix_versions": ["2.0"]} for each in os.environ.get("VULNERABLE", "").split() if each]
    with open(sys.argv[sys.argv.index("--output") + 1], "w") as report:
        json.dump({"dependencies": [{"name": "h11", "version": "0.14.0", "vulns": found}]}, report)
    sys.exit(1 if found else 0)
`;

const workflows = {
  releaseVerification: { command: ["shop"], platforms: ["ubuntu-24.04"], pythonVersions: ["3.12"], propagationMinutes: 1, regressionThreshold: 200 },
  performanceRegressionDetection: { command: ["shop"], rounds: 4, seconds: 0.1, users: [2] },
};

async function scene() {
  const index = await packageIndex();
  const publish = (version: string, text = `def main():\n    print("shop ${version}")\n`) => index.publish({ name: "shop", version, files: { "shop/__init__.py": text }, scripts: { shop: "shop:main" } });
  index.publish({ name: "pip-audit", version: "2.10.1", files: { "pip_audit/__init__.py": AUDIT }, scripts: { "pip-audit": "pip_audit:main" } });
  const staged = await stage({ workflows });
  for (const version of ["0.2.0", "0.2.1"]) {
    staged.origin.commit(`chore: ${version}`);
    staged.origin.tag(`v${version}`);
  }
  return { ...staged, publish, env: { INDEX_URL: `${index.url}/simple/`, PIP_INDEX_URL: `${index.url}/simple/`, PAUSE_SECONDS: "0.5" } };
}

describe("release-verification", () => {
  it("waits for a release that is not in the index yet, then installs, compares and audits it", async () => {
    const { github, publish, run, artifact, env } = await scene();
    publish("0.2.0");
    const later = setTimeout(() => publish("0.2.1"), 6000);
    const ran = await run("release-verification.yml", { event: "release", ref: "refs/tags/v0.2.1", payload: { action: "published", release: { tag_name: "v0.2.1" } }, env });
    clearTimeout(later);
    expect([ran.log, ran.code]).toEqual([expect.any(String), 0]);
    expect(Object.values(ran.jobs)).not.toContain("failure");
    expect(ran.outputs).toEqual(expect.arrayContaining(["version=0.2.1", "previous=0.2.0", "tag=v0.2.1", "vulnerabilities=0", "regression_detected=false"]));
    expect(ran.log).toContain("Not there yet; asking again in 0.5 s.");
    expect(ran.log).toContain("shop 0.2.1 imports as shop, and shop runs.");
    expect(artifact("dependency-audit")).toEqual(["dependency-audit.json"]);
    expect(github.issues).toEqual([]);
  });

  it("keeps an issue open while the newest release does not verify, and closes it with the next good run", async () => {
    const { github, publish, run, env } = await scene();
    publish("0.2.1");
    const bad = await run("release-verification.yml", { event: "schedule", env: { ...env, VULNERABLE: "CVE-2025-43859" } });
    expect(bad.jobs).toMatchObject({ "Wait for the package": "success", "Dependency audit": "failure", Report: "success" });
    expect(github.issues.map(({ title, state, labels }) => [title, state, labels])).toEqual([["shop 0.2.1 does not verify: dependency-audit", "open", [{ name: "release-verification" }]]]);
    const good = await run("release-verification.yml", { inputs: { version_to_verify: "0.2.1" }, env });
    expect([good.log, good.code]).toEqual([expect.any(String), 0]);
    expect(github.issues.map(({ state }) => state)).toEqual(["closed"]);
  });
});
