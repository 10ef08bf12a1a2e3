import { packageIndex } from "./act/pypi.ts";
import type { PackageIndex } from "./act/pypi.ts";
import { stage } from "./act/stage.ts";
import type { Stage } from "./act/stage.ts";

const HOSTILE = 'Broken "import"; $(touch /tmp/pwned) `touch /tmp/pwned` @everyone <script> ünï';

/** The package as a user gets it; slow ones take their time at each start. */
const shop = (version: string, slowness = 0) => ({
  name: "shop",
  version,
  files: { "shop/__init__.py": `import time\ntime.sleep(${slowness})\ndef main():\n    print("shop ${version}")\n` },
  scripts: { shop: "shop:main" },
});

/** What `python -m build` is to the workflow: a wheel out of a source folder. */
const BUILD = `
import pathlib, re, sys, zipfile
out, source = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
version = re.search(r'version = "(.+)"', (source / "pyproject.toml").read_text()).group(1)
out.mkdir(exist_ok=True)
info = f"shop-{version}.dist-info"
with zipfile.ZipFile(out / f"shop-{version}-py3-none-any.whl", "w") as wheel:
    wheel.write(source / "shop/__init__.py", "shop/__init__.py")
    wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: shop\\nVersion: {version}\\n")
    wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(f"{info}/entry_points.txt", "[console_scripts]\\nshop = shop:main\\n")
    wheel.writestr(f"{info}/RECORD", "")
`;

async function indexWith(...versions: string[]): Promise<PackageIndex> {
  const index = await packageIndex();
  for (const version of versions) index.publish(shop(version));
  index.publish({ name: "build", version: "1.6.1", files: { "build/__init__.py": "", "build/__main__.py": BUILD } });
  return index;
}

/** Tags and releases of three versions; main has moved on. */
function released({ origin, github }: Stage): Record<string, string> {
  const commits = ["0.1.9", "0.2.0", "0.2.1"].map((version): [string, string] => {
    const sha = origin.commit(`chore: release ${version}`, { "pyproject.toml": `[project]\nname = "shop"\nversion = "${version}"\n`, "shop/__init__.py": `def main():\n    print("shop ${version}")\n` });
    origin.tag(`v${version}`);
    github.release({ tag_name: `v${version}`, body: "News" });
    return [version, sha];
  });
  origin.commit("feat: next");
  return Object.fromEntries(commits);
}

const inputs = { rollback_version: "0.1.9", rollback_reason: HOSTILE };

describe("release-rollback", () => {
  it("deletes the newer releases from an index that can, restores the old one and starts the hotfix branch", async () => {
    const index = await indexWith("0.1.9", "0.2.0", "0.2.1");
    const staged = await stage({
      workflows: { releaseRollback: { command: ["shop"], environment: "production", waitMinutes: 1, index: { kind: "pypiserver", url: index.url, username: "INDEX_USERNAME", password: "INDEX_PASSWORD" } } },
    });
    const commits = released(staged);
    const { origin, github, run } = staged;
    const ran = await run("release-rollback.yml", { inputs: { ...inputs, pypi_action: "delete" }, secrets: { INDEX_USERNAME: index.username, INDEX_PASSWORD: index.password }, env: { PIP_INDEX_URL: `${index.url}/simple/`, PAUSE_SECONDS: "0.2" } });
    expect([ran.log, ran.code]).toEqual([expect.any(String), 0]);
    expect(ran.jobs).toEqual({
      Plan: "success",
      "Verify the version to restore": "success",
      "Start the hotfix branch": "success",
      "Take the releases out of the index": "success",
      "Mark the releases": "success",
      "Confirm what people install": "success",
      Report: "success",
    });
    expect(index.files()).toEqual(["build-1.6.1-py3-none-any.whl", "shop-0.1.9-py3-none-any.whl"]);
    expect(origin.git("rev-parse", "hotfix/rollback-to-0.1.9")).toBe(commits["0.1.9"]);
    expect(github.releases.map(({ name, prerelease, latest }) => [name, prerelease, latest])).toEqual([
      ["v0.2.1 (rolled back)", true, false],
      ["v0.2.0 (rolled back)", true, false],
      ["v0.1.9", false, true],
    ]);
    const [issue] = github.issues;
    expect([github.issues.length, issue?.title, issue?.state, issue?.labels]).toEqual([1, "Rollback of shop to 0.1.9", "open", [{ name: "rollback" }]]);
    for (const step of ["plan", "verify", "hotfix-branch", "withdraw", "restore", "confirm"]) expect(issue?.body).toContain(`| ${step} | success |`);
    expect(JSON.stringify([github.issues, github.releases])).not.toMatch(/@everyone|<script>/);
  });

  it("waits on PyPI for the owner who yanks, and then people get the old release", async () => {
    const index = await indexWith("0.1.9", "0.2.0", "0.2.1");
    const staged = await stage({ workflows: { releaseRollback: { command: ["shop"], environment: "production", waitMinutes: 2 } } });
    released(staged);
    const { github, run } = staged;
    const owner = setInterval(() => {
      const asked = github.comments.flatMap(({ body }) => [...body.matchAll(/https:\/\/pypi\.org\/manage\/project\/shop\/release\/([\d.]+)\//g)]);
      for (const [, version = ""] of asked) index.yank("shop", version);
    }, 500);
    const ran = await run("release-rollback.yml", { inputs: { ...inputs, pypi_action: "yank" }, env: { INDEX_URL: `${index.url}/simple/`, PIP_INDEX_URL: `${index.url}/simple/`, PAUSE_SECONDS: "0.5" } });
    clearInterval(owner);
    expect([ran.log, ran.code]).toEqual([expect.any(String), 0]);
    expect(ran.jobs["Confirm what people install"]).toBe("success");
    expect(index.files()).toContain("shop-0.2.1-py3-none-any.whl");
    expect(index.calls.filter((call) => call.startsWith("POST"))).toEqual([]);
    expect(ran.log).toContain("shop 0.1.9 imports as shop, and shop runs.");
  });

  it("takes nothing back where the version to restore does not work", async () => {
    const index = await indexWith("0.2.1");
    index.publish({ ...shop("0.2.0"), files: { "shop/__init__.py": "raise RuntimeError('broken too')" } });
    const staged = await stage({ workflows: { releaseRollback: { environment: "production" } } });
    released(staged);
    const { origin, github, run } = staged;
    const before = index.files();
    const ran = await run("release-rollback.yml", { inputs: { rollback_version: "", rollback_reason: "Broken", pypi_action: "yank" }, env: { INDEX_URL: `${index.url}/simple/`, PIP_INDEX_URL: `${index.url}/simple/` } });
    expect(ran.code).toBe(1);
    expect(ran.jobs).toEqual({ Plan: "success", "Verify the version to restore": "failure", Report: "success" });
    expect([index.files(), origin.git("branch", "--list", "hotfix/*"), github.releases.every(({ prerelease }) => !prerelease)]).toEqual([before, "", true]);
    expect(github.issues[0]?.body).toContain("| verify | failure |");
  });
});

describe("performance-regression-detection", () => {
  const workflows = { performanceRegressionDetection: { command: ["shop"], rounds: 5, seconds: 0.2, users: [2] } };
  const scene = async (slowness: number) => {
    const index = await packageIndex();
    index.publish(shop("0.2.0", 0.02));
    index.publish(shop("0.2.1", slowness));
    return { ...(await stage({ workflows })), env: { INDEX_URL: `${index.url}/simple/`, PIP_INDEX_URL: `${index.url}/simple/` } };
  };

  it("finds the slower release, opens an issue and fails", async () => {
    const { github, run, artifact, env } = await scene(0.25);
    const ran = await run("performance-regression-detection.yml", { inputs: { current_version: "0.2.1", baseline_version: "0.2.0", regression_threshold: 15 }, env });
    expect(ran.jobs).toEqual({ Measure: "success", Compare: "failure" });
    expect(artifact("measurements")).toEqual(["measurements.json"]);
    expect(ran.outputs).toContain("regression_detected=true");
    expect(github.issues.map(({ title, labels }) => [title.replace(/:.*/, ""), labels])).toEqual([["shop 0.2.1 is worse than 0.2.0", [{ name: "performance-regression" }]]]);
    expect(github.issues[0]?.title).toContain("import time (ms)");
  });

  it("is content with an equal release, and finds the baseline by itself", async () => {
    const { github, run, env } = await scene(0.02);
    const ran = await run("performance-regression-detection.yml", { inputs: { current_version: "0.2.1", baseline_version: "", regression_threshold: 200 }, env });
    expect([ran.log, ran.code]).toEqual([expect.any(String), 0]);
    expect(ran.jobs).toEqual({ Measure: "success", Compare: "success" });
    expect(ran.outputs).toEqual(expect.arrayContaining(["baseline=0.2.0", "regression_detected=false"]));
    expect(github.issues).toEqual([]);
  });
});
