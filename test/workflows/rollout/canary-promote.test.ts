import { canaryPromote } from "../../../components/workflows/rollout/canary-promote.ts";
import { rollout as schemas } from "../../../settings/schema/workflows/rollout.ts";
import { made, step } from "./made.ts";
import type { Step } from "./made.ts";

describe("canaryPromote", () => {
  it("judges by readiness, health and metrics, load, and then promotes, watches and goes back in one job", () => {
    const { jobs } = made(canaryPromote, schemas.canaryPromote, { stableMinutes: 45 }).document;
    expect(Object.keys(jobs).map((id) => [id, jobs[id].needs])).toEqual([
      ["readiness", undefined],
      ["validate", ["readiness"]],
      ["load", ["validate"]],
      ["promote", ["readiness", "validate", "load"]],
      ["go-on", ["promote"]],
      ["announce", ["readiness", "validate", "load", "promote"]],
    ]);
    expect(jobs.promote.steps.slice(-3)).toMatchObject([
      { env: { COMMAND: "promote", NOW: "${{ inputs.promote_immediately }}", LEAVE_AFTER_MINUTES: 285 } },
      { id: "watch", if: "steps.promote.outputs.state == 'done'", env: { WATCH_MINUTES: 45 } },
      { if: "failure() && steps.watch.outputs.verdict == 'breach'", env: { COMMAND: "rollback" } },
    ]);
  });

  it("holds the seeds' thresholds, or the stack's own", () => {
    const judged = (settings: object) => step(made(canaryPromote, schemas.canaryPromote, settings).document.jobs.validate, "Judge it").env;
    expect(judged({})).toMatchObject({ ERROR_RATE_PERCENT: 5, RESPONSE_TIME_MS: 2000, SUCCESS_RATE_PERCENT: 95, WINDOW: "5m", LEAST_REQUESTS: 100, PROMETHEUS_URL: "${{ secrets.PROMETHEUS_URL }}", HEALTH_URL: "https://shop.example.com/healthz" });
    expect(judged({ metrics: { errorRatePercent: 1, windowMinutes: 10 } })).toMatchObject({ ERROR_RATE_PERCENT: 1, WINDOW: "10m" });
  });

  it("marks the release in Grafana where there is one", () => {
    const announced = (settings: object) => made(canaryPromote, schemas.canaryPromote, settings).document.jobs.announce.steps.map(({ name }: Step) => name);
    expect(announced({ grafana: {} })).toEqual(["Check out the scripts", "Mark the release in Grafana", "Tell how it ended"]);
    expect(announced({})).toEqual(["Check out the scripts", "Tell how it ended"]);
  });
});
