import { checkout } from "../kit/index.ts";
import type { Step, StepsJob } from "../kit/index.ts";
import { notifySteps } from "../notify.ts";
import type { Announcement, Notify } from "../notify.ts";

/** The last job: it runs however the others ended, after the steps that belong to the announcement. */
export function announceJob(notify: Notify, announcement: Announcement, { needs, before = [] }: { needs: readonly string[]; before?: readonly Step[] }): StepsJob {
  return {
    name: "Announce",
    needs,
    if: "always()",
    timeoutMinutes: 10,
    steps: [checkout({ scriptsOnly: true }), ...before, ...notifySteps(notify, { ...announcement, status: statusOf(needs) })],
  };
}

/** The worst that happened to jobs, as notifications take it. */
function statusOf(jobs: readonly string[]): string {
  const any = (result: string): string => jobs.map((job) => `needs.${job}.result == '${result}'`).join(" || ");
  return `\${{ (${any("failure")}) && 'failure' || (${any("cancelled")}) && 'cancelled' || 'success' }}`;
}
