import { repositoryName } from "../../../components/delivery/service-settings.ts";
import type { Sections } from "../../../settings/index.ts";
import { deploymentNotifier } from "./deployment.ts";
import { grafanaNotifier } from "./grafana.ts";
import { issueNotifier } from "./issue.ts";
import { slack } from "./slack.ts";
import type { Environment, Notifier, Subject } from "./types.ts";

/** Who is told of one service's rollout. Nothing is asked yet: what is missing in the environment shows when there is something to tell. */
export function notifiers({ notify }: Pick<Subject, "notify">, environment: Environment): Notifier[] {
  return [
    ...(notify.slack ? [{ name: "slack" as const, notify: slack(notify.slack, environment) }] : []),
    ...(notify.issue ? [{ name: "issue" as const, notify: issueNotifier(notify.issue, environment) }] : []),
    ...(notify.deployment ? [{ name: "deployment" as const, notify: deploymentNotifier(notify.deployment, environment) }] : []),
    ...(notify.grafana ? [{ name: "grafana" as const, notify: grafanaNotifier(notify.grafana, environment) }] : []),
  ];
}

/** What notifiers know of a stack's service; undefined where the stack has none of that name. */
export function subjectOf(service: string, { owner, services }: Pick<Sections, "owner" | "services">, stack: string): Subject | undefined {
  const settings = services[service];
  if (settings === undefined) return undefined;
  const { namespace, rollout: { notify = {} } } = settings;
  return { stack, service, namespace, repository: `${owner}/${repositoryName(settings)}`, notify };
}
