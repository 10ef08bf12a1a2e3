import { checkout } from "../kit/index.ts";
import type { Step, StepsJob } from "../kit/index.ts";
import { notifySteps, WORST_OF_NEEDS } from "../notify.ts";
import type { Announcement, Notify } from "../notify.ts";

/** The last job: it runs however the others ended, after the steps that belong to the announcement. */
export function announceJob(notify: Notify, announcement: Announcement, { needs, before = [] }: { needs: readonly string[]; before?: readonly Step[] }): StepsJob {
  return {
    name: "Announce",
    needs,
    if: "always()",
    timeoutMinutes: 10,
    steps: [checkout({ scriptsOnly: true }), ...before, ...notifySteps(notify, { ...announcement, status: WORST_OF_NEEDS })],
  };
}
