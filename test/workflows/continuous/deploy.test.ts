import { parse } from "yaml";
import { deploy } from "../../../components/workflows/continuous/deploy.ts";
import type { DeployOptions } from "../../../components/workflows/continuous/deploy.ts";
import { renderWorkflow, scriptFiles } from "../../../components/workflows/kit/index.ts";
import type { Repository } from "../../../components/workflows/kit/index.ts";
import { continuous } from "../../../settings/schema/workflows/continuous.ts";
import { repository } from "../repository.ts";

const cluster = { kubeConfig: "KUBECONFIG", namespace: "shop", health: { kind: "cluster", service: "shop", port: 3001, path: "/health" } };
const helm = { kind: "helm", ...cluster, release: "shop", chart: "helm-chart" };
const development = { environment: "staging", trigger: { kind: "push", branch: "develop" }, deployment: { ...helm, values: { environment: "development" } } };
const production = { environment: "production", trigger: { kind: "released" }, deployment: { ...helm, values: { replicas: 3 } }, security: {}, performance: { url: "http://localhost:3001/health" } };

function made(options: object, changes: Partial<Repository> = {}) {
  const { workflows } = deploy(continuous.deploy.parse(options) as DeployOptions, repository(changes));
  return workflows.map((workflow) => ({ file: workflow.file, scripts: Object.keys(scriptFiles(workflow.document)), ...parse(renderWorkflow(workflow)) }));
}

const only = (target: object, more: object = {}) => made({ targets: [target], ...more })[0]!;

describe("deploy", () => {
  it("makes one workflow for each environment, on its own occasion", () => {
    const files = made({ targets: [development, { ...production, environment: "pre production", trigger: { kind: "prereleased" } }, production] });
    expect(files.map(({ file, on }) => [file, on])).toEqual([
      ["deploy-staging.yml", { push: { branches: ["develop"] }, workflow_dispatch: null }],
      ["deploy-pre-production.yml", { release: { types: ["prereleased"] }, workflow_dispatch: null }],
      ["deploy-production.yml", { release: { types: ["released"] }, workflow_dispatch: null }],
    ]);
  });

  it("lets nothing through to production before the scan and the load test, and tells how it ended at once", () => {
    const { jobs } = only(production, { notify: { slack: "SLACK_WEBHOOK_URL" } });
    expect(Object.keys(jobs)).toEqual(["image", "security-checks", "performance-tests", "deploy", "announce"]);
    expect(jobs.deploy).toMatchObject({ needs: ["image", "security-checks", "performance-tests"], environment: { name: "production", url: "https://shop.example.com" } });
    expect(jobs.announce.needs).toEqual(["image", "security-checks", "performance-tests", "deploy"]);
    expect(jobs.announce.steps.at(-1).env).toMatchObject({ WHAT: "Deployment", ENVIRONMENT: "production", SLACK_WEBHOOK_URL: "${{ secrets.SLACK_WEBHOOK_URL }}" });
  });

  it("scans and loads the very image that it deploys", () => {
    const { jobs } = only(production);
    const reference = "${{ needs.image.outputs.reference }}";
    const scan = jobs["security-checks"].steps.find(({ uses = "" }) => uses.startsWith("aquasecurity/trivy-action@"));
    expect(scan.with).toMatchObject({ "image-ref": reference, severity: "CRITICAL,HIGH", "exit-code": "1", "ignore-unfixed": true });
    expect(jobs["performance-tests"].env).toEqual({ IMAGE: reference });
    expect(jobs.deploy.steps.find(({ id = "" }) => id === "deploy").env).toMatchObject({ IMAGE: reference, TAG: "${{ needs.image.outputs.tag }}" });
  });

  it("sends a hundred requests, ten at a time, and wants half a second for the 95th percentile", () => {
    const load = only(production).jobs["performance-tests"].steps.find(({ name = "" }) => name === "Send requests");
    expect(load.env).toEqual({ URL: "http://localhost:3001/health", REQUESTS: 100, CONCURRENCY: 10, LONGEST_SECONDS: 120, P95_MS: 500, ERROR_PERCENT: 1 });
  });

  it("deploys within five minutes and goes back within two, whether it failed or was cancelled", () => {
    const [, change, back] = only(production).jobs.deploy.steps;
    expect(change).toMatchObject({ "timeout-minutes": 5, env: { ROLLOUT_SECONDS: 180, HEALTH_SECONDS: 90 }, run: "node .github/scripts/deploy.mjs" });
    expect(back).toMatchObject({
      if: "${{ (failure() || cancelled()) && steps.deploy.outputs.began == 'true' }}",
      "timeout-minutes": 2,
      env: { PREVIOUS: "${{ steps.deploy.outputs.previous }}", ROLLOUT_SECONDS: 100 },
      run: "node .github/scripts/roll-back.mjs",
    });
  });

  it("gives the cluster's secret to the two steps that need it, and to nobody else", () => {
    const text = JSON.stringify(only(production).jobs);
    expect(text.match(/secrets\.KUBECONFIG/g)).toHaveLength(2);
    expect(only(production).jobs.deploy).not.toHaveProperty("env");
  });

  it("passes values to the chart as they were written: a number stays one", () => {
    const env = (target: object) => only(target).jobs.deploy.steps[1].env;
    expect(JSON.parse(env(production).VALUES)).toEqual({ replicas: 3 });
    expect(JSON.parse(env(development).VALUES)).toEqual({ environment: "development" });
    expect(env(production)).toMatchObject({ RELEASE: "shop", CHART: "helm-chart", TAG_VALUE: "image.tag" });
    expect(env({ ...production, deployment: { ...helm, digestValue: "image.digest" } }).DIGEST_VALUE).toBe("image.digest");
  });

  it("waits for the image's own build, and lets no prerelease into production by hand", () => {
    const { image } = only(production, { imageWaitMinutes: 12 }).jobs;
    expect(image).toMatchObject({ if: "${{ github.event_name == 'release' || !contains(github.ref_name, '-') }}", "timeout-minutes": 17 });
    expect(image.steps.at(-1).env).toMatchObject({ IMAGE: "ghcr.io/acme/shop", WAIT_MINUTES: 12 });
    expect(only(development).jobs.image).not.toHaveProperty("if");
  });

  it("asks through the cluster, or at the environment's address", () => {
    const health = (deployment: object) => only({ ...production, deployment }).jobs.deploy.steps[1].env;
    expect(health(helm).HEALTH_PATH).toBe("/api/v1/namespaces/shop/services/shop:3001/proxy/health");
    expect(health({ ...helm, health: { kind: "address", path: "/ready" } }).HEALTH_URL).toBe("https://shop.example.com/ready");
    const homeless = () => made({ targets: [{ ...production, environment: "lab", deployment: { ...helm, health: { kind: "address", path: "/ready" } } }] });
    expect(homeless).toThrow("environment: asks lab at its address, and that environment has none; give the environment a url, or ask through the cluster");
  });

  it("with kubectl changes the image of one container by digest, and checks out no more than the scripts", () => {
    const { steps } = only({ ...production, deployment: { kind: "kubectl", ...cluster, workload: "shop", container: "web" } }).jobs.deploy;
    expect(steps[0].with).toMatchObject({ "sparse-checkout": ".github/scripts" });
    expect(steps[1].env).toMatchObject({ KIND: "kubectl", WORKLOAD: "shop", CONTAINER: "web", IMAGE: "${{ needs.image.outputs.reference }}" });
    expect(steps[1].env).not.toHaveProperty("CHART");
  });

  it("with slipway hands over to the stack's rollout, one at a time for the service", () => {
    const { deploy: job } = only({ ...production, deployment: { kind: "slipway", stack: { kubeConfig: "KUBE" } } }).jobs;
    expect(job.concurrency).toEqual({ group: "rollout-shop", "cancel-in-progress": false });
    expect(job.steps.at(-1)).toMatchObject({
      run: "node .github/scripts/rollout.mjs",
      env: { COMMAND: "rollout", SERVICE: "shop", IMAGE: "${{ needs.image.outputs.reference }}", AUTO_PROMOTE: true, KUBE_CONFIG: "${{ secrets.KUBE }}", STACK: "production" },
    });
  });

  it("queues and never cancels what deploys", () => {
    const { concurrency, jobs } = only(production);
    expect(concurrency["cancel-in-progress"]).toBe(false);
    expect(jobs.deploy.concurrency).toEqual({ group: "deploy-production", "cancel-in-progress": false });
  });

  it("brings every script that it calls", () => {
    expect(only(production).scripts).toEqual(expect.arrayContaining(["find-image", "load-test", "deploy", "roll-back", "notify", "lib/cluster", "lib/health", "lib/smoke/load"].map((name) => `.github/scripts/${name}.mjs`)));
  });
});
