/**
 * What somebody who is woken by an alert has to know. In every text `<service>`, `<namespace>`, `<revision>`, `<pod>`, `<deployment>`,
 * `<horizontalpodautoscaler>` and `<poddisruptionbudget>` stand for the alert's own.
 */
export interface Runbook {
  /** What is so when it fires. */
  means: string;
  /** Who feels it, and how. */
  harm: string;
  /** The first thing to do, which stands in the alert itself. */
  next: string;
  /** Likely first. */
  causes: readonly string[];
  /** In their order; `run` is a command or a query. */
  steps: readonly { act: string; run?: string }[];
  /** When it ends, and what ending does not mean. */
  over: string;
}

export const ROLL_BACK = `SLIPWAY_INSTRUCTIONS='[{"service":"<service>","id":"<revision>","action":"rollback","reason":"<what was seen>"}]' pulumi up --yes && pulumi up --yes`;
export const PODS = "kubectl -n <namespace> get pods -l app=<service> -o wide -L version";
export const LOGS = "kubectl -n <namespace> logs -l app=<service>,version=<revision> -c <service> --since=15m --tail=200";
export const EVENTS = "kubectl -n <namespace> get events --sort-by=.lastTimestamp | tail -30";
