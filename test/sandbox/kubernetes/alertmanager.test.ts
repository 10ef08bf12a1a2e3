import { describe, expect, test } from "@jest/globals";
import { references, UNKNOWN, validate } from "../../../sandbox/kubernetes/index.ts";
import type { Manifest } from "../../../sandbox/kubernetes/index.ts";

const key = (name: string): object => ({ name: "alerts", key: name });
const RECEIVERS = [{ name: "page", slackConfigs: [{ apiURL: key("slack") }] }, { name: "ticket", webhookConfigs: [{ urlSecret: key("issues") }] }];

function config(route: object, receivers: unknown = RECEIVERS): Manifest {
  return { apiVersion: "monitoring.coreos.com/v1alpha1", kind: "AlertmanagerConfig", metadata: { name: "slipway", namespace: "shop" }, spec: { route, receivers } };
}

const DENIED = 'admission webhook "alertmanagerconfigsvalidate.monitoring.coreos.com" denied the request: AlertmanagerConfig is invalid: ';
const said = (manifest: Manifest): string[] => validate(manifest).map(({ path, reason }) => `${path}: ${reason.replace(DENIED, "")}`);

describe("an AlertmanagerConfig", () => {
  test("is admitted with routes to its receivers", () => {
    expect(said(config({ receiver: "ticket", groupBy: ["service", "alertname"], groupWait: "30s", repeatInterval: "1440m", routes: [{ receiver: "page", matchers: [{ name: "severity", matchType: "=", value: "page" }] }] }))).toEqual([]);
  });

  test.each<[string, Manifest, string[]]>([
    ["without a receiver for all", config({}), ["spec: root route must define a receiver"]],
    ["with a route to nobody", config({ receiver: "page", routes: [{ receiver: "info" }] }), ['spec: route[0]: receiver "info" not found']],
    ["that groups twice by one label", config({ receiver: "page", groupBy: ["a", "a"] }), ["spec: duplicate values not permitted in route 'groupBy': [a a]"]],
    ["that groups by all and by one", config({ receiver: "page", groupBy: ["...", "a"] }), ["spec: '...' must be a sole value in route 'groupBy': [... a]"]],
    ["with a time in words", config({ receiver: "page", routes: [{ receiver: "page", groupWait: "soon" }] }), ["spec: route[0]: groupWait soon does not match required regex: ^(\\d+y)?(\\d+w)?(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?$"]],
    ["with a matcher of no type", config({ receiver: "page", routes: [{ receiver: "page", matchers: [{ name: "a", matchType: "==" }] }] }), ["spec: route[0]: matcher[0]: invalid 'matchType' \"==\" provided'"]],
    ["with a matcher without a name", config({ receiver: "page", routes: [{ receiver: "page", matchers: [{ matchType: "=" }] }] }), ["spec: route[0]: matcher[0]: matcher 'name' is required"]],
    ["with two receivers of one name", config({ receiver: "a" }, [{ name: "a" }, { name: "a" }]), ['spec: "a" receiver is not unique']],
    ["with a webhook to nowhere", config({ receiver: "a" }, [{ name: "a", webhookConfigs: [{}] }]), ["spec: failed to validate 'webhookConfig' - receiver a: one of 'url' or 'urlSecret' must be specified"]],
    ["with a mail to nobody by no server", config({ receiver: "a" }, [{ name: "a", emailConfigs: [{ smarthost: "smtp" }] }]), [
      "spec: failed to validate 'emailConfig' - receiver a: missing 'to' address", "spec: failed to validate 'emailConfig' - receiver a: invalid 'smarthost' smtp",
    ]],
  ])("%s is refused", (_, manifest, texts) => {
    expect(said(manifest)).toEqual(texts);
  });

  test("is left out without its Secret, or without a key of it", () => {
    const namespace: Manifest = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
    const secret = (data: unknown): Manifest => ({ apiVersion: "v1", kind: "Secret", metadata: { name: "alerts", namespace: "shop" }, data });
    const refused = (...objects: Manifest[]): string[] => references(config({ receiver: "page" }), (_, kind, within, name) =>
      [namespace, ...objects].find((each) => each.kind === kind && each.metadata.name === name && each.metadata.namespace === within)).refused;
    const rejected = "AlertmanagerConfig shop/slipway was rejected due to invalid configuration";
    expect(refused()).toEqual([`${rejected}: unable to get secret "alerts": secrets "alerts" not found`]);
    expect(refused(secret({ slack: "aA==" }))).toEqual([`${rejected}: key "issues" in secret "alerts" not found`]);
    expect(refused(secret({ slack: "aA==", issues: "aA==" }))).toEqual([]);
    expect(refused(secret(UNKNOWN))).toEqual([]);
  });
});
