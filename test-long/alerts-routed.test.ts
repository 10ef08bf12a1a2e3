import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { AlertRule } from "../components/observability/alert.ts";
import { INHIBITIONS } from "../components/observability/alerting/inhibitions.ts";
import { LEVEL } from "../test/observability/levels.ts";
import { Alertmanager, checkConfig } from "./alerting/alertmanager.ts";
import type { Firing, Known } from "./alerting/alertmanager.ts";
import { SHOP } from "./alerting/shop.ts";
import { Listener } from "./alerting/listener.ts";
import { alertmanagerYaml } from "./alerting/operator.ts";
import { recorded } from "./alerting/recorded.ts";
import { alertSettingsOf, alertsOf, routed } from "./alerting/stacks.ts";
import { levelsOf } from "./promtool.ts";

const STACKS = ["sandbox", "staging", "production"];
let alertmanager: Alertmanager;

test("an AlertmanagerConfig is translated here as the operator itself does", () => {
  const { alertmanager: made, configs } = recorded();
  expect(alertmanagerYaml(configs)).toEqual(made);
});

describe.each(STACKS)("the alerts of the stack %s", (stack) => {
  const all = Object.entries(alertSettingsOf(stack));
  const config = alertmanagerYaml(all.map(([namespace, settings]) => routed(namespace, settings, (key) => (key.endsWith("-address") ? "https://example.com/" : "t"))));

  test("are routed by a configuration that Alertmanager takes", () => {
    const { code, said } = checkConfig(config);
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining(`${INHIBITIONS.length * all.length} inhibit rules`) });
  });

  test("each arrive where the settings say", async () => {
    alertmanager = await Alertmanager.start(config);
    try {
      const fired = levelsOf(stack).flatMap((level) => alertsOf(level).map((rule) => firing(rule)));
      await alertmanager.fire(fired);
      const known = await alertmanager.settled(fired.length);
      expect(new Set(known.map(({ labels }) => labels.namespace))).toEqual(new Set(all.map(([namespace]) => namespace)));
      for (const [namespace, { routes }] of all) {
        for (const { labels, receivers } of known.filter((each) => each.labels.namespace === namespace)) {
          const wanted = labels.severity === "info" && routes.info.to.length === 0 ? "nobody" : labels.severity;
          expect([labels.alertname, receivers]).toEqual([labels.alertname, [{ name: `${namespace}/slipway/${wanted}` }]]);
        }
      }
    } finally {
      await alertmanager.stop();
    }
  });
});

describe("alerts that nobody of the namespace shall be told of", () => {
  beforeAll(async () => { alertmanager = await Alertmanager.start(alertmanagerYaml([routed("shop", SHOP, () => "https://example.com/")])); });
  afterAll(() => alertmanager.stop());

  test.each([
    ["another namespace", { namespace: "store", severity: "page" }, "cluster"],
    ["no namespace", { severity: "page" }, "cluster"],
    ["another severity", { namespace: "shop", severity: "critical" }, "cluster"],
    ["a canary whose rule says page", { namespace: "shop", severity: "page", role: "canary" }, "shop/slipway/ticket"],
    ["the stable revision", { namespace: "shop", severity: "page", role: "stable" }, "shop/slipway/page"],
  ])("of %s go to %j", async (name, labels, receiver) => {
    const alertname = name.replaceAll(" ", "");
    await alertmanager.fire([{ labels: { alertname, ...labels } }]);
    const known = await alertmanager.until(`knows ${alertname}`, async () => (await alertmanager.alerts()).find((each) => each.labels.alertname === alertname));
    expect(known.receivers).toEqual([{ name: receiver }]);
  });
});

describe("while one alert holds, another that says the same is silent", () => {
  const alerts = alertsOf(LEVEL);
  /** A service a case: the alert that silences, and each that it silences. */
  const cases = INHIBITIONS.flatMap((inhibition) => alerts.filter((rule) => meant(inhibition.while, rule)).flatMap((loud) =>
    alerts.filter((rule) => rule !== loud && meant(inhibition.silent, rule)).map((silent) => ({ loud, silent }))));
  let known: Known[];

  beforeAll(async () => {
    alertmanager = await Alertmanager.start(alertmanagerYaml([routed("shop", SHOP, () => "https://example.com/")]));
    const fired = cases.flatMap(({ loud, silent }, at) => [
      firing(loud, { service: `both-${at}` }), firing(silent, { service: `both-${at}` }),
      firing(loud, { service: `one-${at}` }), firing(silent, { service: `other-${at}` }),
      firing(loud, { service: `elsewhere-${at}`, namespace: "store" }), firing(silent, { service: `elsewhere-${at}` }),
    ]);
    await alertmanager.fire(fired);
    known = await alertmanager.until("settles", async () => {
      const settled = await alertmanager.settled(fired.length);
      return settled.filter(({ status }) => status.state === "suppressed").length >= cases.length ? settled : undefined;
    });
  });
  afterAll(() => alertmanager.stop());

  test("in every case of the table, of the same service of the same namespace alone", () => {
    expect(cases.length).toBeGreaterThan(40);
    const silenced = known.filter(({ status }) => status.state === "suppressed").map(({ labels }) => `${labels.service} ${labels.alertname} ${labels.severity}`);
    expect(silenced.sort()).toEqual(cases.map(({ silent }, at) => `both-${at} ${silent.alert} ${silent.labels.severity}`).sort());
  });

  test("and never is a page silent for less than a page", () => {
    for (const { loud, silent } of cases) expect([silent.alert, silent.labels.severity === "page" && loud.labels.severity !== "page"]).toEqual([silent.alert, false]);
  });
});

describe("a message", () => {
  let listener: Listener;
  beforeEach(async () => {
    listener = await Listener.start();
    const { mail, ...receivers } = SHOP.receivers;
    if (mail?.kind !== "email") throw new Error("the shop has no mail");
    const given = { ...SHOP, receivers: { ...receivers, mail: { ...mail, smarthost: listener.smarthost } } };
    alertmanager = await Alertmanager.start(withoutTls(alertmanagerYaml([routed("shop", given, (key) => (key.endsWith("-address") ? `${listener.address}/${key}` : `value-of-${key}`))])));
  });
  afterEach(async () => {
    await alertmanager.stop();
    await listener.stop();
  });

  test("says what is wrong, how bad, since when and what to do first, in each receiver's form", async () => {
    const rule = alertsOf(LEVEL).find(({ alert }) => alert === "SlipwayStableErrorRateHigh");
    const low = alertsOf(LEVEL).find(({ alert }) => alert === "SlipwayCanaryLatencyHigh");
    const note = alertsOf(LEVEL).find(({ alert }) => alert === "SlipwayCpuThrottled");
    if (rule === undefined || low === undefined || note === undefined) throw new Error("an alert is not there");
    const annotations = { ...rule.annotations, summary: "The stable revision r1 of storefront fails 7 % of its requests", description: "The limit is 5 %.", next_step: "roll it back" };
    await alertmanager.fire([{ ...firing(rule), annotations, startsAt: "2026-11-21T10:00:00Z" }, firing(low), firing(note), firing(note, { pod: "another-pod" })]);
    const messages = await alertmanager.until("told four receivers", async () => (listener.messages.length >= 4 ? listener.messages : undefined));
    expect(messages.map(({ authorization, to }) => [to, authorization]).sort()).toEqual([
      ["/chat-address", "Bearer value-of-chat-token"],
      ["/issues-address", "Bearer value-of-issues-token"],
      ["/room-address", undefined],
      ["<a@example.com> <b@example.com>", "\0alerts\0value-of-mail-password"],
    ]);
    const chat: { channel: string; attachments: object[] } = JSON.parse(messages.find(({ to }) => to === "/chat-address")?.body ?? "");
    expect(chat).toMatchObject({
      channel: "#shop",
      attachments: [{
        title: "page: The stable revision r1 of storefront fails 7 % of its requests",
        title_link: "https://example.com/grafana/d/slipway-shop-storefront",
        color: "danger",
        text: [
          "*The stable revision r1 of storefront fails 7 % of its requests*, since 2026-11-21 10:00 UTC",
          "The limit is 5 %.",
          "*First:* roll it back",
          "<https://example.com/runbooks/SlipwayStableErrorRateHigh.md|Runbook> · <https://example.com/grafana/d/slipway-shop-storefront|Dashboard>",
        ].join("\n"),
      }],
    });
    expect(JSON.parse(messages.find(({ to }) => to === "/room-address")?.body ?? "")).toMatchObject({ attachments: [{ title: `info: ${note.annotations.summary} (and 1 more)` }] });
    const mail = messages.find(({ to }) => to.startsWith("<"))?.body.replace(/=\n/g, "") ?? "";
    for (const part of ["Subject: page: The stable revision r1", "since 2026-11-21 10:00 UTC", "The limit is 5 %.", "First: roll it back", "Runbook:   https://example.com/runbooks/SlipwayStableErrorRateHigh.md"]) expect(mail).toContain(part);
    expect(mail).not.toContain("text/html");
    const issue: { status: string; groupLabels: object; alerts: Firing[] } = JSON.parse(messages.find(({ to }) => to === "/issues-address")?.body ?? "");
    expect(issue).toMatchObject({ status: "firing", groupLabels: { alertname: "SlipwayCanaryLatencyHigh", service: "storefront" }, alerts: [{ labels: { severity: "ticket", role: "canary" }, annotations: low.annotations }] });
  });

  test("that is over says so", async () => {
    const [rule] = alertsOf(LEVEL).filter(({ labels }) => labels.severity === "info");
    if (rule === undefined) throw new Error("no alert is for reading alone");
    await alertmanager.fire([{ ...firing(rule), ...times("2026-11-21T10:00:00Z") }]);
    await alertmanager.until("told of it", async () => listener.messages.length === 1);
    await alertmanager.fire([{ ...firing(rule), ...times("2026-11-21T10:00:00Z", "2026-11-21T10:05:00Z") }]);
    const messages = await alertmanager.until("told that it is over", async () => (listener.messages.length === 2 ? listener.messages : undefined));
    expect(JSON.parse(messages[1]?.body ?? "")).toMatchObject({ attachments: [{ color: "good", title: `over: ${rule.annotations.summary}` }] });
    expect(messages[1]?.body).toContain("since 2026-11-21 10:00 UTC, over since 2026-11-21 10:05 UTC");
    expect(messages[1]?.body).not.toContain("First:");
  });
});

test("a password is never sent without TLS", async () => {
  const listener = await Listener.start();
  const { mail, ...receivers } = SHOP.receivers;
  if (mail?.kind !== "email") throw new Error("the shop has no mail");
  alertmanager = await Alertmanager.start(alertmanagerYaml([routed("shop", { ...SHOP, receivers: { ...receivers, mail: { ...mail, smarthost: listener.smarthost } } }, () => `${listener.address}/`)]));
  try {
    await alertmanager.fire([{ labels: { alertname: "A", namespace: "shop", severity: "page" } }]);
    await alertmanager.until("refused", async () => alertmanager.said.includes("does not advertise the STARTTLS extension"));
    expect(listener.messages.filter(({ to }) => to.startsWith("<"))).toEqual([]);
  } finally {
    await alertmanager.stop();
    await listener.stop();
  }
});

/** The series that the rule would give, with a value for each label that its texts name. */
function firing({ alert, annotations, labels }: AlertRule, more: Record<string, string> = {}): Firing {
  const named = JSON.stringify(annotations).matchAll(/\$labels\.([a-z_]+)/g);
  return { labels: { alertname: alert, ...Object.fromEntries([...named].map(([, label = ""]) => [label, `a-${label}`])), ...labels, ...more }, annotations };
}

function times(startsAt: string, endsAt?: string): object {
  return { startsAt, ...(endsAt !== undefined && { endsAt }) };
}

function meant({ alerts, objective, severities }: (typeof INHIBITIONS)[number]["while"], rule: AlertRule): boolean {
  return (alerts === undefined || alerts.some((name) => name === rule.alert))
    && (severities === undefined || severities.some((severity) => severity === rule.labels.severity))
    && (objective === undefined || rule.labels.objective === objective);
}

/** The test's mail server has no certificate. */
function withoutTls(config: object): object {
  const changed: object = JSON.parse(JSON.stringify(config, (key, value: unknown) => (key === "require_tls" ? false : value)));
  return changed;
}
