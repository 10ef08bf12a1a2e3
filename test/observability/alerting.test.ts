import { describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { AlertRouting } from "../../components/observability/alert-routing.ts";
import type { AlertSettings } from "../../components/observability/alerting/alert-settings.ts";
import { INHIBITIONS } from "../../components/observability/alerting/inhibitions.ts";
import type { Kind } from "../../components/observability/alerting/inhibitions.ts";
import { LINK, MAIL_TEXT, SLACK_TEXT, TITLE } from "../../components/observability/alerting/messages.ts";
import { alertmanagerSpec } from "../../components/observability/alerting/routing.ts";
import type { AlertRule } from "../../components/observability/alert.ts";
import { ruleGroups } from "../../components/observability/prometheus-rules.ts";
import { validate } from "../../sandbox/kubernetes/index.ts";
import { declared, inputsOf, objects, plain, secret } from "../kubernetes/declared.ts";
import type { Declared } from "../kubernetes/declared.ts";
import { LEVEL } from "./levels.ts";

const MANAGED = { "app.kubernetes.io/managed-by": "slipway" };
const SETTINGS: AlertSettings = {
  receivers: {
    room: { kind: "slack-webhook", address: { secret: "roomAddress" } },
    chat: { kind: "slack-bot", token: { secret: "chatToken" }, channel: "#shop" },
    mail: { kind: "email", to: ["a@example.com", "b@example.com"], from: "alerts@example.com", smarthost: "smtp.example.com:587", username: "alerts", password: { secret: "mailPassword" } },
    issues: { kind: "webhook", address: { secret: "issuesAddress" }, token: { secret: "issuesToken" } },
    log: { kind: "webhook", address: { secret: "logAddress" } },
  },
  routes: {
    page: { to: ["chat", "mail"], waitSeconds: 10, intervalSeconds: 60, repeatMinutes: 240 },
    ticket: { to: ["room", "issues"], waitSeconds: 30, intervalSeconds: 300, repeatMinutes: 1440 },
    info: { to: ["log"], waitSeconds: 30, intervalSeconds: 300, repeatMinutes: 2880 },
  },
  groupBy: ["service", "alert"],
};
const ALERTS = ruleGroups(LEVEL).flatMap(({ rules }) => rules).filter((rule): rule is AlertRule => "alert" in rule);
const key = (name: string): object => ({ name: "slipway-alerts", key: name });

function routing(settings: AlertSettings = SETTINGS): Promise<Declared[]> {
  const secretOf = (name: string): pulumi.Output<string> => pulumi.secret(`value-of-${name}`);
  return declared((opts) => new AlertRouting("shop", { settings, namespace: "shop", secretOf }, opts));
}

describe("who is told of the alerts of a namespace", () => {
  test("is an AlertmanagerConfig that waits for its Secret", async () => {
    const all = await routing();
    expect(objects(all)).toEqual(["Secret shop-alerts-secret", "AlertmanagerConfig shop-alerts"]);
    const [config] = all.filter(({ name }) => name === "shop-alerts");
    expect(config).toMatchObject({
      parent: "slipway:observability:AlertRouting shop",
      dependsOn: ["kubernetes:core/v1:Secret shop-alerts-secret"],
      inputs: { apiVersion: "monitoring.coreos.com/v1alpha1", metadata: { name: "slipway", namespace: "shop", labels: MANAGED } },
    });
    expect(config?.inputs.spec).toEqual(JSON.parse(JSON.stringify(alertmanagerSpec(SETTINGS))));
  });

  test("keeps to itself what receivers keep to themselves", async () => {
    const all = await routing();
    const data = Object.fromEntries(Object.entries({
      "room-address": "value-of-roomAddress",
      "chat-address": "https://slack.com/api/chat.postMessage",
      "chat-token": "value-of-chatToken",
      "mail-password": "value-of-mailPassword",
      "issues-address": "value-of-issuesAddress",
      "issues-token": "value-of-issuesToken",
      "log-address": "value-of-logAddress",
    }).map(([name, value]) => [name, Buffer.from(value).toString("base64")]));
    expect(inputsOf(all, "Secret")).toEqual({
      apiVersion: "v1", kind: "Secret", type: "Opaque", metadata: { name: "slipway-alerts", namespace: "shop", labels: MANAGED }, data: secret(data),
    });
    expect(JSON.stringify(inputsOf(all, "AlertmanagerConfig"))).not.toContain("value-of");
  });

  test("is what the API server takes", async () => {
    const all = await routing();
    expect(all.filter(({ type }) => type.startsWith("kubernetes:")).flatMap(({ inputs }) => validate(plain(inputs)))).toEqual([]);
  });

  test("goes by severity, and a canary's alert wakes nobody", () => {
    expect(alertmanagerSpec(SETTINGS).route).toEqual({
      receiver: "ticket",
      matchers: [{ name: "severity", matchType: "=~", value: "page|ticket|info" }],
      groupBy: ["service", "alertname"],
      groupWait: "30s",
      groupInterval: "300s",
      repeatInterval: "1440m",
      routes: [
        {
          receiver: "page",
          matchers: [{ name: "severity", matchType: "=", value: "page" }, { name: "role", matchType: "!=", value: "canary" }],
          groupWait: "10s", groupInterval: "60s", repeatInterval: "240m",
        },
        { receiver: "info", matchers: [{ name: "severity", matchType: "=", value: "info" }], groupWait: "30s", groupInterval: "300s", repeatInterval: "2880m" },
      ],
    });
  });

  test("is told in each receiver's own form, when it begins and when it is over", () => {
    const slack = { sendResolved: true, title: TITLE, titleLink: LINK, text: SLACK_TEXT, fallback: TITLE };
    expect(alertmanagerSpec(SETTINGS).receivers).toEqual([
      {
        name: "page",
        slackConfigs: [{ ...slack, apiURL: key("chat-address"), channel: "#shop", httpConfig: { authorization: { type: "Bearer", credentials: key("chat-token") } } }],
        emailConfigs: [{
          sendResolved: true, to: "a@example.com, b@example.com", from: "alerts@example.com", smarthost: "smtp.example.com:587",
          authUsername: "alerts", authPassword: key("mail-password"), requireTLS: true, headers: [{ key: "Subject", value: TITLE }], text: MAIL_TEXT, html: "",
        }],
      },
      {
        name: "ticket",
        slackConfigs: [{ ...slack, apiURL: key("room-address") }],
        webhookConfigs: [{ sendResolved: true, urlSecret: key("issues-address"), httpConfig: { authorization: { type: "Bearer", credentials: key("issues-token") } } }],
      },
      { name: "info", webhookConfigs: [{ sendResolved: true, urlSecret: key("log-address") }] },
    ]);
  });

  test("is nobody for what is only read, where the settings name nobody", () => {
    const { receivers, route } = alertmanagerSpec({ ...SETTINGS, routes: { ...SETTINGS.routes, info: { ...SETTINGS.routes.info, to: [] } } });
    expect(receivers.at(-1)).toEqual({ name: "nobody" });
    expect(route.routes?.at(-1)?.receiver).toBe("nobody");
  });

  test("may be one message a revision", () => {
    expect(alertmanagerSpec({ ...SETTINGS, groupBy: ["revision"] }).route.groupBy).toEqual(["revision"]);
  });
});

describe("the inhibitions", () => {
  const rank = { page: 2, ticket: 1, info: 0 };
  const pairs = INHIBITIONS.flatMap((inhibition) => ALERTS.filter((rule) => means(inhibition.while, rule))
    .flatMap((loud) => ALERTS.filter((rule) => means(inhibition.silent, rule)).map((silent) => [loud, silent] as const)));

  test("never let what is less urgent silence what is more", () => {
    expect(pairs.filter(([loud, silent]) => rankOf(loud) < rankOf(silent))).toEqual([]);
  });

  test("never go round in a circle, in which all would be silent", () => {
    const silences = new Map<AlertRule, Set<AlertRule>>();
    for (const [loud, silent] of pairs) silences.set(loud, (silences.get(loud) ?? new Set()).add(silent));
    const reaches = (from: AlertRule, to: AlertRule, seen = new Set<AlertRule>()): boolean => [...silences.get(from) ?? []]
      .some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
    expect(ALERTS.filter((rule) => reaches(rule, rule))).toEqual([]);
  });

  test("let no alert of a canary silence any of the stable revision, nor of the service", () => {
    expect(pairs.filter(([loud]) => loud.labels.role === "canary")).toEqual([]);
    expect(pairs.filter(([loud, silent]) => loud.labels.role === "stable" && silent.labels.role === "canary").length).toBeGreaterThanOrEqual(3);
  });

  test("name alerts that there are", () => {
    for (const inhibition of INHIBITIONS) {
      for (const kind of [inhibition.while, inhibition.silent]) {
        const found = ALERTS.filter((rule) => means(kind, rule)).map(({ alert }) => alert);
        expect(found.length).toBeGreaterThan(0);
        for (const name of kind.alerts ?? []) expect(found).toContain(name);
      }
    }
  });

  test("compare labels that every alert of theirs has", () => {
    const has = (rule: AlertRule, label: string): boolean => label in rule.labels || JSON.stringify(rule.annotations).includes(`$labels.${label}`);
    for (const inhibition of INHIBITIONS) {
      for (const rule of ALERTS.filter((each) => means(inhibition.while, each) || means(inhibition.silent, each))) {
        expect([rule.alert, inhibition.same.filter((label) => !has(rule, label))]).toEqual([rule.alert, []]);
      }
    }
  });

  test("are the labels' own words in the AlertmanagerConfig", () => {
    expect(alertmanagerSpec(SETTINGS).inhibitRules).toHaveLength(INHIBITIONS.length);
    expect(alertmanagerSpec(SETTINGS).inhibitRules[0]).toEqual({
      sourceMatch: [{ name: "alertname", matchType: "=", value: "SlipwayStableErrorRateHigh" }],
      targetMatch: [{ name: "alertname", matchType: "=", value: "SlipwayCanaryErrorRateHigh" }],
      equal: ["service"],
    });
    expect(alertmanagerSpec(SETTINGS).inhibitRules[3]).toEqual({
      sourceMatch: [{ name: "alertname", matchType: "=~", value: "SlipwayStableErrorRateHigh|SlipwayAvailabilityBudgetBurn" }, { name: "severity", matchType: "=", value: "page" }],
      targetMatch: [{ name: "severity", matchType: "=~", value: "ticket|info" }, { name: "objective", matchType: "=", value: "availability" }],
      equal: ["service"],
    });
  });

  function rankOf({ labels }: AlertRule): number {
    const { severity } = labels;
    if (severity !== "page" && severity !== "ticket" && severity !== "info") throw new Error(`severity ${severity}`);
    return rank[severity];
  }
});

test("every alert carries the namespace by which the operator hands it to the namespace's routes", () => {
  expect(ALERTS.filter(({ labels }) => labels.namespace !== "shop" || labels.service !== "storefront")).toEqual([]);
});

function means({ alerts, objective, severities }: Kind, { alert, labels }: AlertRule): boolean {
  return (alerts === undefined || alerts.some((name) => name === alert))
    && (severities === undefined || severities.some((severity) => severity === labels.severity))
    && (objective === undefined || labels.objective === objective);
}
