import { describe, expect, test } from "@jest/globals";
import { references, UNKNOWN } from "../../../sandbox/kubernetes/index.ts";
import type { Lookup, Manifest } from "../../../sandbox/kubernetes/index.ts";

const object = (apiVersion: string, kind: string, name: string, more: Record<string, unknown> = {}): Manifest => ({ apiVersion, kind, metadata: { name, namespace: "shop" }, ...more });
const NAMESPACE: Manifest = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
const cloud = (...objects: Manifest[]): Lookup => (apiVersion, kind, namespace, name) =>
  [NAMESPACE, ...objects].find((each) => each.apiVersion === apiVersion && each.kind === kind && each.metadata.namespace === namespace && each.metadata.name === name);

const deployment = (matchLabels: Record<string, string>): Manifest => object("apps/v1", "Deployment", "web", { spec: { selector: { matchLabels } } });
const SCALER = object("autoscaling/v2", "HorizontalPodAutoscaler", "web");
const TEMPLATE = object("flagger.app/v1beta1", "MetricTemplate", "web.errors");
const PROVIDER = object("flagger.app/v1beta1", "AlertProvider", "web.team", { spec: { type: "slack", secretRef: { name: "web.team" } } });
const WHOLE = [deployment({ name: "web" }), SCALER, TEMPLATE, PROVIDER];

function canary(analysis: Record<string, unknown> = {}, target: unknown = "web"): Manifest {
  return object("flagger.app/v1beta1", "Canary", "web", {
    spec: {
      targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: target },
      autoscalerRef: { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", name: "web" },
      analysis: { metrics: [{ name: "errors", templateRef: { name: "web.errors" } }], alerts: [{ name: "team", providerRef: { name: "web.team" } }], ...analysis },
    },
  });
}

describe("a Canary", () => {
  test("is taken when all that it names is there", () => {
    expect(references(canary(), cloud(...WHOLE))).toEqual({ refused: [], notReady: [] });
  });

  test("is refused with everything that Flagger would look for in vain", () => {
    expect(references(canary(), cloud()).refused).toEqual([
      'Canary shop/web would not advance: deployment web.shop get query error: deployment "web" not found',
      'Canary shop/web would not advance: horizontalpodautoscaler web.shop get query error: horizontalpodautoscaler "web" not found',
      'Canary shop/web would not advance: metric template web.errors.shop error: metrictemplate.flagger.app "web.errors" not found',
      'Canary shop/web would not advance: alert provider web.team.shop error: alertprovider.flagger.app "web.team" not found',
    ]);
  });

  test("is refused where Flagger could not tell its copy's pods", () => {
    expect(references(canary(), cloud(...WHOLE.slice(1), deployment({ component: "web" }))).refused).toEqual([
      "Canary shop/web would not advance: deployment web.shop spec.selector.matchLabels must contain one of [app name app.kubernetes.io/name]",
    ]);
  });

  test("is refused with a metric of which nobody says what to ask", () => {
    expect(references(canary({ metrics: [{ name: "request-duration" }, { name: "inline", query: "1" }, { name: "errors" }] }), cloud(...WHOLE)).refused).toEqual([
      "Canary shop/web would not advance: Metric query failed for no usable metrics template were configured (errors)",
    ]);
  });

  test("may name what another namespace has, or what is not known yet", () => {
    const elsewhere = { metrics: [{ name: "errors", templateRef: { name: "errors", namespace: "monitoring" } }], alerts: [{ name: "team", providerRef: { name: UNKNOWN } }] };
    expect(references(canary(elsewhere, UNKNOWN), cloud(SCALER))).toEqual({ refused: [], notReady: [] });
  });
});

describe("an AlertProvider", () => {
  test.each([
    ["is taken with an address", [object("v1", "Secret", "web.team", { data: { address: "eA==" } })], []],
    ["is refused without its Secret", [], ['AlertProvider shop/web.team would tell nobody: secretRef error: secrets "web.team" not found']],
    ["is refused with a Secret of something else", [object("v1", "Secret", "web.team", { data: { url: "eA==" } })], ["AlertProvider shop/web.team would tell nobody: secret does not contain an address"]],
  ])("%s", (_, objects, refused) => {
    expect(references(PROVIDER, cloud(...objects))).toEqual({ refused, notReady: [] });
  });

  test("may carry its address itself", () => {
    expect(references(object("flagger.app/v1beta1", "AlertProvider", "web.team", { spec: { type: "slack", address: "http://x" } }), cloud()).refused).toEqual([]);
  });
});
