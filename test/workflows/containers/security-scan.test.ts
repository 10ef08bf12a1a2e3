import { actionsOf } from "../../../components/workflows/kit/index.ts";
import { documentOf, pipelineOf, step, stepNames } from "./documents.ts";

describe("security-scan", () => {
  it("scans files and image at six every morning and at each change of main", () => {
    const scan = documentOf("securityScan", {});
    expect(scan.on).toEqual({ schedule: [{ cron: "0 6 * * *" }], push: { branches: ["main"] }, pull_request: { branches: ["main"] }, workflow_dispatch: null });
    expect(Object.keys(scan.jobs)).toEqual(["dependency-scan", "container-scan"]);
    expect(step(scan, "dependency-scan", "Scan the files").with).toMatchObject({ "scan-type": "fs", "scan-ref": ".", format: "sarif", severity: "CRITICAL,HIGH", "limit-severities-for-sarif": true, "exit-code": "1" });
    expect(step(scan, "container-scan", "Scan the image").with).toMatchObject({ "scan-type": "image", "image-ref": "scanned:local" });
    expect(stepNames(scan, "container-scan")).toEqual(["Check out", "Build the image", "Scan the image", "Show the findings under Security"]);
    for (const { permissions } of Object.values(scan.jobs)) expect(permissions).toEqual({ contents: "read", "security-events": "write" });
  });

  it("asks the stack to allow what its scanner installs itself with", () => {
    const [workflow] = pipelineOf("securityScan", {}).workflows;
    expect(workflow && actionsOf(workflow.document)).toEqual(["actions/checkout", "aquasecurity/trivy-action", "aquasecurity/setup-trivy", "github/codeql-action"]);
  });

  it("only shows findings where the stack says so", () => {
    const scan = documentOf("securityScan", { failOnFindings: false, ignoreUnfixed: false, severities: ["CRITICAL"], dockerfile: "deploy/Dockerfile" });
    expect(step(scan, "dependency-scan", "Scan the files").with).toMatchObject({ severity: "CRITICAL", "exit-code": "0", "ignore-unfixed": false });
    expect(step(scan, "container-scan", "Build the image").run).toBe("docker build --tag scanned:local --file deploy/Dockerfile .");
  });
});
