import { describe, expect, test } from "@jest/globals";
import { namespaceAdoption } from "../../../operations/adopt/namespace/settings.ts";
import { seconds } from "../../../operations/adopt/namespace/alerts.ts";
import { namespaceSettings } from "../../../settings/schema/namespace.ts";
import { namespaceOf, object } from "./cluster.ts";

const around = { repositories: new Set<string>() };
const secret = (key: string) => ({ secret: key });

/** What a person would write; protect is no part of the cluster. */
const written: [string, Record<string, unknown>][] = [
  ["nothing said", {}],
  ["every bound", {
    podSecurity: { level: "baseline", reason: "it was so when it was adopted" },
    scrapers: ["monitoring", "metrics"],
    egress: [{ to: { namespace: "data" }, ports: [{ port: 5432 }] }, { to: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }, { to: { namespace: "dns" }, ports: [{ port: 53, protocol: "UDP" }] }],
    quota: { requests: { cpu: "8" }, pods: 80 },
    containers: { defaults: { limits: { memory: "512Mi" } }, max: { cpu: "4", memory: "4Gi" } },
    labels: { team: "shop" },
  }],
  ["a revision of the mesh", { mesh: { kind: "injected", revision: "stable", controlPlane: "mesh" } }],
  ["no mesh and no quota", { mesh: { kind: "none", reason: "it was so when it was adopted" }, scrapers: [], quota: { unlimited: "it was so when it was adopted" } }],
  ["alerts of every kind", { alerts: {
    receivers: {
      bot: { kind: "slack-bot", token: secret("shopAlertsBotToken"), channel: "#shop" },
      hook: { kind: "slack-webhook", address: secret("shopAlertsHookAddress") },
      mail: { kind: "email", to: ["a@example.com", "b@example.com"], from: "c@example.com", smarthost: "smtp.example.com:587", username: "c", password: secret("shopAlertsMailPassword") },
      web: { kind: "webhook", address: secret("shopAlertsWebAddress"), token: secret("shopAlertsWebToken") },
    },
    routes: { page: { to: ["bot", "mail", "web"], repeatMinutes: 60 }, ticket: { to: ["hook"], waitSeconds: 60 }, info: { to: ["bot"] } },
    groupBy: ["service", "revision"],
  } }],
];

describe("what the program makes is read back as it was written", () => {
  test.each(written)("%s", (_, settings) => {
    const { entries, unmanaged } = namespaceAdoption(namespaceOf("shop", namespaceSettings.parse(settings)), around);
    expect({ entries, unmanaged }).toEqual({ entries: [{ section: "namespaces", name: "shop", settings }], unmanaged: [] });
  });
});

test("the values of receivers are asked for, each under a key of its own", () => {
  const { secrets } = namespaceAdoption(namespaceOf("shop", namespaceSettings.parse(written[4]?.[1])), around);
  expect(secrets).toContainEqual({ key: "shopAlertsWebToken", path: "namespaces.shop.alerts.receivers.web.token" });
  expect(new Set(secrets.map(({ key }) => key)).size).toBe(5);
});

test("of a foreign namespace each object is named with what becomes of it", () => {
  const live = {
    namespace: object("Namespace", "legacy", {}, { team: "old" }),
    objects: [
      object("Deployment", "web"), object("StatefulSet", "db"), object("ConfigMap", "settings"), object("ResourceQuota", "all", { spec: { hard: { "count/pods": 3 } } }),
      object("Secret", "login", { type: "kubernetes.io/dockerconfigjson" }), object("Pod", "made", { metadata: { name: "made", ownerReferences: [{}] } }),
    ],
  };
  const { entries, unmanaged } = namespaceAdoption(live, around);
  const was = "it was so when it was adopted";
  expect(entries).toEqual([{ section: "namespaces", name: "legacy", settings: { podSecurity: { level: "privileged", reason: was }, mesh: { kind: "none", reason: was }, scrapers: [], quota: { unlimited: was }, labels: { team: "old" } } }]);
  expect(unmanaged.map(({ path, what }) => `${path}: ${what}`)).toEqual([
    "namespaces.legacy.egress: there is no NetworkPolicy/default-deny",
    "namespaces.legacy.egress: there is no NetworkPolicy/platform",
    "namespaces.legacy.containers: there is no LimitRange/limits",
    "namespaces.legacy.podSecurity: has no label app.kubernetes.io/managed-by, pod-security.kubernetes.io/enforce, pod-security.kubernetes.io/enforce-version, pod-security.kubernetes.io/audit, pod-security.kubernetes.io/warn",
    "namespaces.legacy.pull: Secret/login logs in to a registry",
    "namespaces.legacy: holds Deployment/web",
    "namespaces.legacy: holds StatefulSet/db",
    "namespaces.legacy: holds ConfigMap/settings",
    "namespaces.legacy: holds ResourceQuota/all",
  ]);
});

test("what the configuration cannot say of its own objects is named too", () => {
  const live = namespaceOf("shop", namespaceSettings.parse({}));
  const others = [
    object("ResourceQuota", "quota", { spec: { hard: { "requests.cpu": 4, "count/jobs": 1 } } }),
    object("NetworkPolicy", "egress", { spec: { egress: [{ to: [{ podSelector: { matchLabels: { app: "x" } } }] }] } }),
    object("AlertmanagerConfig", "slipway", { spec: { route: { receiver: "me" }, receivers: [] } }),
  ];
  const { unmanaged } = namespaceAdoption({ ...live, objects: [...live.objects.filter(({ kind }) => kind !== "ResourceQuota"), ...others] }, around);
  expect(unmanaged.map(({ path, what }) => `${path}: ${what}`)).toEqual([
    "namespaces.shop.egress: NetworkPolicy/egress opens what the configuration has no word for",
    "namespaces.shop.quota: ResourceQuota/quota counts requests.cpu, count/jobs",
    "namespaces.shop.alerts: AlertmanagerConfig/slipway has another form than the program's",
  ]);
});

test.each([["30s", 30], ["240m", 14_400], ["1h30m", 5400], ["1d", 86_400], ["0.5s", 0.5]])("%s is %d seconds", (text, expected) => {
  expect(seconds(text)).toBe(expected);
});
