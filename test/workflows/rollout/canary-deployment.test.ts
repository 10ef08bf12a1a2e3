import type { Repository } from "../../../components/workflows/kit/index.ts";
import { canaryDeployment } from "../../../components/workflows/rollout/canary-deployment.ts";
import { canaryPromote } from "../../../components/workflows/rollout/canary-promote.ts";
import { orchestratedReleasePipeline } from "../../../components/workflows/rollout/orchestrated-release-pipeline.ts";
import { rollout as schemas } from "../../../settings/schema/workflows/rollout.ts";
import { repository } from "../repository.ts";
import { made, step } from "./made.ts";
import type { Step } from "./made.ts";

describe("canaryDeployment", () => {
  const smoke = { smokeTarget: "canary" };

  it("asks for a version, a share of 5 to 50 per cent, hours and whether to go on by itself", () => {
    const inputs = (settings: object, of?: Repository) => made(canaryDeployment, schemas.canaryDeployment, settings, of).document.on.workflow_dispatch.inputs;
    expect(inputs({})).toMatchObject({
      version_to_deploy: { required: true, type: "string" },
      canary_percentage: { type: "number", default: 10 },
      rollout_duration: { type: "number", default: 24 },
      auto_promote: { type: "boolean", default: false },
    });
    expect(inputs({ firstStage: 20, durationHours: 6 })).toMatchObject({ canary_percentage: { default: 20 }, rollout_duration: { default: 6 } });
    const { services } = repository();
    expect(inputs({}, repository({ services: { shop: { ...services["shop"]!, stages: [2, 100] } } })).canary_percentage.default).toBe(5);
  });

  it("walks the first stage in one environment and the rest in the other, only where people said so and the gate agreed", () => {
    const { document } = made(canaryDeployment, schemas.canaryDeployment, smoke);
    const { readiness, canary, production } = document.jobs;
    expect([readiness.environment, canary.environment, production.environment]).toEqual([undefined, "canary", { name: "production", url: "https://shop.example.com" }]);
    expect(production.if).toBe("inputs.auto_promote && needs.canary.outputs.reason == 'approval'");
    expect(step(canary, "Walk the first stage").env).not.toHaveProperty("AUTO_PROMOTE");
    expect(step(production, "Walk to 100 %").env).toMatchObject({ COMMAND: "rollout", AUTO_PROMOTE: true, IMAGE: "${{ needs.readiness.outputs.image }}", STACK: "production" });
  });

  it("takes the candidate back in the very job where the smoke tests failed, so that nobody has to approve it", () => {
    const { canary } = made(canaryDeployment, schemas.canaryDeployment, smoke).document.jobs;
    expect(canary.steps.map(({ name }: Step) => name).slice(-4)).toEqual(["Walk the first stage", "Smoke-test it", "Keep the report", "Take the candidate back"]);
    expect(step(canary, "Take the candidate back")).toMatchObject({ if: "failure() && steps.smoke.outcome == 'failure'", env: { COMMAND: "rollback" } });
    const without = made(canaryDeployment, schemas.canaryDeployment, {});
    expect(without.document.jobs.canary.steps.at(-1).name).toBe("Walk the first stage");
    expect(without.pipeline.requires).toEqual([]);
  });

  it("gives the steps that move traffic what the stack needs, and no other step", () => {
    const stack = { repository: "acme/infra", ref: "v3", name: "live", token: "INFRA_TOKEN", kubeConfig: "KUBE_CONFIG", secrets: { PULUMI_CONFIG_PASSPHRASE: "PASSPHRASE" } };
    const { canary } = made(canaryDeployment, schemas.canaryDeployment, { ...smoke, stack }).document.jobs;
    expect(step(canary, "Check out the stack").with).toEqual({ repository: "acme/infra", ref: "v3", "persist-credentials": false, path: "stack", token: "${{ secrets.INFRA_TOKEN }}" });
    const holders = canary.steps.filter(({ env }: Step) => JSON.stringify(env ?? {}).includes("secrets.")).map(({ name }: Step) => name);
    expect(holders).toEqual(["Walk the first stage", "Take the candidate back"]);
    expect(step(canary, "Walk the first stage").env).toMatchObject({ STACK: "live", KUBE_CONFIG: "${{ secrets.KUBE_CONFIG }}", PULUMI_CONFIG_PASSPHRASE: "${{ secrets.PASSPHRASE }}" });
  });

  it("never runs beside another rollout of the service, and never ends one", () => {
    const groups = [
      made(canaryDeployment, schemas.canaryDeployment).document.concurrency,
      made(canaryPromote, schemas.canaryPromote).document.concurrency,
      made(orchestratedReleasePipeline, schemas.orchestratedReleasePipeline).document.concurrency,
    ];
    expect(groups).toEqual(Array(3).fill({ group: "rollout-shop", "cancel-in-progress": false }));
  });

  it("goes on in another run where a runner's time is over", () => {
    const { jobs } = made(canaryDeployment, schemas.canaryDeployment).document;
    expect(jobs["go-on"]).toMatchObject({ if: "!cancelled() && (needs.canary.outputs.reason == 'time' || needs.production.outputs.reason == 'time')", permissions: { actions: "write", contents: "read" } });
    expect(jobs.canary["timeout-minutes"]).toBeLessThan(360);
  });
});
