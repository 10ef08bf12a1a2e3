// What to do about a release pipeline's failed job. The jobs are those of orchestrated-release-pipeline.yml.
const advice = {
  validate: () => ["Nothing was deployed. Correct the inputs, or publish the release first."],
  performance: () => ["Nothing was deployed. See the comparison in the run; release a faster version, or run again with `skip_performance_check` where the cost is accepted."],
  smoke: () => ["Nothing was deployed to production. The version fails where it was tried first: see the report among the run's artifacts."],
  readiness: () => ["Nothing was deployed. There is no way back yet: publish the missing image, or name another baseline."],
  deploy: ({ deploy }) => deployment(deploy.outputs?.state),
  verify: ({ readiness }) => ["**Production serves a version that fails its smoke tests.** Look at the report, and go back unless the tests themselves are wrong:", "", `    ${readiness.outputs?.["restore-command"] ?? "see the job Rollback readiness"}`],
};

/** `{ failed, held, lines }`: the jobs that failed, and what people should do, first job first. */
export function adviceOn(results) {
  const failed = Object.keys(advice).filter((job) => ["failure", "cancelled"].includes(results[job]?.result));
  const held = results.deploy?.result === "success" && results.deploy.outputs?.state === "held";
  const lines = failed.flatMap((job) => (results[job].result === "cancelled" ? [`Job \`${job}\` was cancelled. See whether it had begun to deploy before starting again.`] : advice[job](results)));
  return { failed, held, lines: held ? [...lines, "The rollout is held and not done: the rollout's own issue says how to go on."] : lines };
}

function deployment(state) {
  switch (state) {
    case "rolled-back":
      return ["The candidate broke a limit and all traffic is back at the stable version. Nothing needs to be done for users; the rollout's issue has the figures."];
    case "held":
    case "lost":
    case "failed":
      return ["The rollout stands where it is. The rollout's own issue says at which weight, how to go on, and how to go back."];
    default:
      return ["The deployment did not begin, or ended before it said anything: ask the stack with `slipway status` before anything else."];
  }
}
