import type { Severity } from "../alert.ts";
import type { AlertSettings, Grouping, RouteSettings } from "./alert-settings.ts";
import type { AlertmanagerConfigSpec, InhibitRule, Matcher, Receiver, Route } from "./alertmanager.ts";
import { INHIBITIONS } from "./inhibitions.ts";
import type { Kind } from "./inhibitions.ts";
import { receiverOf } from "./receivers.ts";

const SEVERITIES: readonly Severity[] = ["page", "ticket", "info"];
const LABELS: Readonly<Record<Grouping, string>> = { service: "service", alert: "alertname", revision: "revision" };
/** Who is told of what nobody is told of. */
const NOBODY = "nobody";

/**
 * Who is told of which alerts of the namespace. Alerts of other severities pass by, to the routes of whoever runs the cluster. A canary's
 * alert wakes nobody, whatever its severity says.
 */
export function alertmanagerSpec(settings: AlertSettings): AlertmanagerConfigSpec {
  const { page, ticket, info } = settings.routes;
  return {
    route: {
      ...route(receiverName("ticket", ticket), ticket, [oneOf("severity", SEVERITIES)]),
      groupBy: settings.groupBy.map((label) => LABELS[label]),
      routes: [
        route(receiverName("page", page), page, [is("severity", "page"), { name: "role", matchType: "!=", value: "canary" }]),
        route(receiverName("info", info), info, [is("severity", "info")]),
      ],
    },
    receivers: receivers(settings),
    inhibitRules: INHIBITIONS.map((inhibition): InhibitRule => ({
      sourceMatch: matchers(inhibition.while),
      targetMatch: matchers(inhibition.silent),
      equal: [...inhibition.same],
    })),
  };
}

function receivers({ receivers: given, routes }: AlertSettings): Receiver[] {
  const told = SEVERITIES.map((severity) => {
    const name = receiverName(severity, routes[severity]);
    return receiverOf(name, Object.entries(given).filter(([receiver]) => routes[severity].to.includes(receiver)));
  });
  return told.filter(({ name }, at) => told.findIndex((other) => other.name === name) === at);
}

function receiverName(severity: Severity, { to }: RouteSettings): string {
  return to.length === 0 ? NOBODY : severity;
}

function route(receiver: string, { intervalSeconds, repeatMinutes, waitSeconds }: RouteSettings, matching: Matcher[]): Route {
  return { receiver, matchers: matching, groupWait: `${waitSeconds}s`, groupInterval: `${intervalSeconds}s`, repeatInterval: `${repeatMinutes}m` };
}

function matchers({ alerts, objective, severities }: Kind): Matcher[] {
  return [
    ...(alerts === undefined ? [] : [oneOf("alertname", alerts)]),
    ...(severities === undefined ? [] : [oneOf("severity", severities)]),
    ...(objective === undefined ? [] : [is("objective", objective)]),
  ];
}

function is(name: string, value: string): Matcher {
  return { name, matchType: "=", value };
}

function oneOf(name: string, values: readonly string[]): Matcher {
  const [first = "", ...more] = values;
  return more.length === 0 ? is(name, first) : { name, matchType: "=~", value: values.join("|") };
}
