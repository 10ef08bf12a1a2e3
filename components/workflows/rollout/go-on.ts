import { checkout, runScript } from "../kit/index.ts";
import type { StepsJob } from "../kit/index.ts";

/** A hosted runner stops after six hours: where one of the jobs left for that reason, another run goes on from the recorded stage. */
export function goOnJob(needs: readonly string[]): StepsJob {
  return {
    name: "Go on in another run",
    needs,
    if: `!cancelled() && (${needs.map((job) => `needs.${job}.outputs.reason == 'time'`).join(" || ")})`,
    timeoutMinutes: 5,
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("continue-run.mjs", { name: "Start it", env: { GITHUB_TOKEN: "${{ github.token }}" }, grants: { actions: ["write", "start the next run"] } }),
    ],
  };
}
