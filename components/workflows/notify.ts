import { pinned, runScript } from "./kit/index.ts";
import type { ActionStep, RunStep, Step } from "./kit/index.ts";

/** Who hears how an operation ended. The run's summary and its log always do: they are the audit trail. */
export interface Notify {
  /** Secret with the address of a Slack webhook. @default absent: no message */
  slack?: string | undefined;
  /** Label of the issue that a failure opens and the next success closes. @default absent: no issue */
  issueLabel?: string | undefined;
  /** Letters on failures. @default absent: none */
  email?: Email | undefined;
}

export interface Email {
  server: string;
  port: number;
  from: string;
  to: string[];
  /** Secrets. */
  username: string;
  password: string;
}

/** How the jobs ended that a job waits for: the worst of them. */
export const WORST_OF_NEEDS = "${{ contains(needs.*.result, 'failure') && 'failure' || contains(needs.*.result, 'cancelled') && 'cancelled' || 'success' }}";

/** What is told; every field may be an expression. */
export interface Announcement {
  /** One line: `Deployment`. The issue of a failure is found again by it and by the environment. */
  what: string;
  version?: string;
  environment?: string;
  url?: string;
  /** success, failure, cancelled or skipped. @default the status of the job so far */
  status?: string;
}

/** The last steps of a job that people wait for: they run however the others ended. The job has checked out the scripts. */
export function notifySteps(notify: Notify, { what, version, environment, url, status = "${{ job.status }}" }: Announcement): Step[] {
  const { slack, issueLabel, email } = notify;
  const tell: RunStep = runScript("notify.mjs", {
    name: "Tell how it ended",
    id: "notify",
    if: "always()",
    env: {
      STATUS: status,
      WHAT: what,
      ...(version !== undefined && { VERSION: version }),
      ...(environment !== undefined && { ENVIRONMENT: environment }),
      ...(url !== undefined && { URL: url }),
      ...(slack !== undefined && { SLACK_WEBHOOK_URL: `\${{ secrets.${slack} }}` }),
      ...(issueLabel !== undefined && { ISSUE_LABEL: issueLabel, GITHUB_TOKEN: "${{ github.token }}" }),
    },
    ...(issueLabel !== undefined && { grants: { issues: ["write", "keep the issue of a failure"] } }),
  });
  return [tell, ...(email ? [letter(email)] : [])];
}

function letter({ server, port, from, to, username, password }: Email): ActionStep {
  return {
    name: "Send the letter",
    if: "always() && steps.notify.outputs.critical == 'true'",
    continueOnError: true,
    uses: pinned("dawidd6/action-send-mail"),
    with: {
      server_address: server,
      server_port: port,
      secure: port === 465,
      username: `\${{ secrets.${username} }}`,
      password: `\${{ secrets.${password} }}`,
      from,
      to: to.join(", "),
      subject: "${{ steps.notify.outputs.subject }}",
      body: "${{ steps.notify.outputs.body }}",
    },
  };
}
