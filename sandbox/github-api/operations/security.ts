import { nothing, notFound, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";

const ALERTS = "vulnerability-alerts";
const UPDATES = "dependabot-security-updates";

function enabled(asked: Asked, name: string): boolean {
  const { folder } = asked.cloud.repository(asked.params);
  const own = asked.cloud.read(`${folder}/${name}`)?.body["enabled"];
  return own === true || (own === undefined && name === ALERTS && asked.cloud.read(`${folder}/repository`)?.body["vulnerabilityAlerts"] === true);
}

function turn(name: string, on: boolean): (asked: Asked) => typeof nothing {
  return (asked) => {
    const { folder, repo } = asked.cloud.writable(asked.params);
    asked.cloud.put(`${folder}/${name}`, { enabled: on, repository: repo });
    return nothing;
  };
}

export const security: Handlers = {
  "repos/check-vulnerability-alerts": (asked) => {
    if (!enabled(asked, ALERTS)) throw notFound();
    return nothing;
  },
  "repos/enable-vulnerability-alerts": turn(ALERTS, true),
  "repos/disable-vulnerability-alerts": turn(ALERTS, false),
  "repos/check-automated-security-fixes": (asked) => ok({ enabled: enabled(asked, UPDATES), paused: false }),
  "repos/enable-automated-security-fixes": turn(UPDATES, true),
  "repos/disable-automated-security-fixes": turn(UPDATES, false),
};
