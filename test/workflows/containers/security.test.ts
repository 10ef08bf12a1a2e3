import { OptionProblem } from "../../../components/workflows/kit/index.ts";
import { tools } from "../../../components/workflows/containers/security.ts";
import { documentOf, job, pipelineOf, step, stepNames } from "./documents.ts";

const document = documentOf("security", {});

describe("security", () => {
  it("runs every tool at each change and at two every night", () => {
    expect(document.on).toEqual({ schedule: [{ cron: "0 2 * * *" }], push: { branches: ["main", "develop"] }, pull_request: { branches: ["main", "develop"] }, workflow_dispatch: null });
    expect(Object.keys(document.jobs)).toEqual([...tools]);
  });

  it("uploads what each scanner found, also when findings fail the job", () => {
    const uploads = Object.entries(document.jobs).flatMap(([id, { steps }]) => steps.filter(({ uses }) => uses?.includes("/upload-sarif@")).map((each) => [id, each.if, each.with?.["category"]]));
    expect(uploads).toEqual(["bandit", "pip-audit", "semgrep", "trivy-files", "gitleaks", "scorecard"].map((category) => [category.replace("-files", ""), "${{ !cancelled() }}", category]));
    expect(Object.entries(document.jobs).filter(([, { permissions }]) => permissions["security-events"] === "write").map(([id]) => id)).toEqual(["codeql", "bandit", "pip-audit", "semgrep", "trivy", "gitleaks", "scorecard"]);
  });

  it("reads Go by building it and other languages as they are", () => {
    const { strategy } = job(documentOf("security", { languages: ["go", "javascript-typescript"] }), "codeql");
    expect(strategy?.matrix).toEqual({ include: [{ language: "go", "build-mode": "autobuild" }, { language: "javascript-typescript", "build-mode": "none" }] });
  });

  it("reviews dependencies on pull requests alone, and scores the default branch alone", () => {
    expect(job(document, "dependency-review").if).toBe("${{ github.event_name == 'pull_request' }}");
    expect(job(document, "scorecard").if).toBe("${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/main' }}");
    expect(job(document, "scorecard").permissions).toEqual({ contents: "read", "id-token": "write", "security-events": "write" });
  });

  it("publishes no score of a private repository, and may read the run there", () => {
    const hidden = documentOf("security", {}, { visibility: "private" });
    expect(step(hidden, "scorecard", "Score the practices").with?.["publish_results"]).toBe(false);
    expect(job(hidden, "scorecard").permissions).toEqual({ actions: "read", checks: "read", contents: "read", issues: "read", "pull-requests": "read", "security-events": "write" });
    expect(job(hidden, "codeql").permissions).toEqual({ actions: "read", contents: "read", "security-events": "write" });
  });

  it("refuses what GitHub does not run in a private repository without Advanced Security, and keeps other findings with the run", () => {
    const hidden = { visibility: "private", codeScanning: false } as const;
    expect(() => documentOf("security", {}, hidden)).toThrow(
      new OptionProblem(["without"], "leaves codeql on, which asks for Advanced Security in a repository that is not public", "set security: { advancedSecurity: true }, or write without: { codeql: <reason> }"),
    );
    const kept = documentOf("security", { without: { codeql: "no licence", "dependency-review": "no licence" } }, hidden);
    expect(step(kept, "bandit", "Keep the findings").with).toEqual({ name: "bandit", path: "bandit.sarif", "if-no-files-found": "error" });
    expect(job(kept, "bandit").permissions).toEqual({ contents: "read" });
  });

  it("looks for secrets in all commits by a program that Go has the sum of", () => {
    expect(step(document, "gitleaks", "Check out").with).toEqual({ "fetch-depth": 0, "persist-credentials": false });
    expect(step(document, "gitleaks", "Look for secrets in all commits").run).toMatch(/^go run github\.com\/zricethezav\/gitleaks\/v8@v8\.\d+\.\d+ git .*--redact/);
  });

  it("scans the image too, even where the files have findings", () => {
    const both = documentOf("security", { image: { dockerfile: "deploy/Dockerfile" } });
    expect(stepNames(both, "trivy")).toEqual(["Check out", "Scan the files", "Show the findings under Security", "Build the image", "Scan the image", "Show the findings under Security"]);
    expect(step(both, "trivy", "Build the image")).toMatchObject({ if: "${{ !cancelled() }}", run: "docker build --tag scanned:local --file deploy/Dockerfile ." });
    expect(step(both, "trivy", "Scan the image")).toMatchObject({ if: "${{ !cancelled() }}", with: { severity: "CRITICAL,HIGH", "exit-code": "1", output: "trivy-image.sarif", cache: false } });
  });

  it("leaves a tool out with its reason at the file's top", () => {
    const options = { without: { bandit: "there is no Python here", licences: "the lawyers' own tool reads them" } };
    expect(Object.keys(documentOf("security", options).jobs)).toEqual(tools.filter((tool) => tool !== "bandit" && tool !== "licences"));
    expect(pipelineOf("security", options).workflows[0]?.about).toContain("Without bandit: there is no Python here\nWithout licences: the lawyers' own tool reads them");
  });

  it("puts each option where its tool reads it", () => {
    const other = documentOf("security", { sources: ["continuum", "tools/it"], semgrepRules: ["p/python", "p/owasp-top-ten"], pythonVersion: "3.11", failOnSeverity: "critical", deniedLicences: ["AGPL"] });
    expect(step(other, "bandit", "Scan the Python code").run).toContain("--recursive continuum tools/it --severity-level medium");
    expect(step(other, "semgrep", "Scan the code").run).toContain("--config p/python --config p/owasp-top-ten --metrics=off --error");
    expect(step(other, "licences", "Set up Python").with).toEqual({ "python-version": "3.11" });
    expect(step(other, "dependency-review", "Review what the dependencies become").with).toEqual({ "fail-on-severity": "critical" });
    expect(step(other, "licences", "Check the licences").env).toEqual({ DENIED: "AGPL" });
  });
});
