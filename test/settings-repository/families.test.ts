import { describe, expect, test } from "@jest/globals";
import { parseSettings } from "../../settings/parse.ts";
import { problemText } from "../../settings/problem.ts";

const environment = { approvals: { unprotected: "this is a test" } };
const shop = { files: { deliver: { kind: "commit" } }, environments: { canary: environment, production: environment } };
const service = { repository: "shop", namespace: "shop", image: { from: "tag", reference: "ghcr.io/acme/shop:v1.0.0" }, ports: [{ name: "http", port: 8080, protocol: "http" }], probes: { readiness: { kind: "http", path: "/healthz", port: "http" } }, scaling: { kind: "fixed", replicas: 1 }, resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "64Mi" } } };
const exposed = { ...service, traffic: { exposure: { kind: "gateway", hosts: ["shop.example.com"], tls: { mode: "simple", credential: "shop" } } } };

function wrong(workflows: object, services: object = { shop: exposed }, changes: object = {}): string[] {
  const section = { shop: { ...shop, ...changes, workflows } };
  const config = { "github:owner": "acme", "slipway:repositories": JSON.stringify(section), "slipway:namespaces": JSON.stringify({ shop: {} }), "slipway:services": JSON.stringify(services) };
  const parsed = parseSettings(config, new Set());
  return "problems" in parsed ? parsed.problems.map(problemText) : [];
}

const at = "repositories.shop.workflows";
const declare = "declare that family, or remove what needs it";

describe("families that take others for granted", () => {
  test("name the one that is missing, once, with who calls it", () => {
    expect(wrong({ orchestratedReleasePipeline: {} })).toEqual([
      `${at}.performanceRegressionDetection: is missing, and orchestrated-release-pipeline.yml calls performance-regression-detection.yml; ${declare}`,
      `${at}.enhancedSmokeTests: is missing, and orchestrated-release-pipeline.yml calls enhanced-smoke-tests.yml; ${declare}`,
    ]);
  });

  test("name the one whose files a step reads", () => {
    expect(wrong({ canaryDeployment: { smokeTarget: "canary" } })).toEqual([`${at}.enhancedSmokeTests: is missing, and canaryDeployment reads its files; ${declare}`]);
    expect(wrong({ canaryDeployment: {} })).toEqual([]);
    expect(wrong({ canaryDeployment: { smokeTarget: "production" }, enhancedSmokeTests: {} })).toEqual([]);
  });

  test("take a workflow that is written out by hand", () => {
    const content = { ".github/workflows/enhanced-smoke-tests.yml": "name: Mine", ".github/workflows/performance-regression-detection.yml": "name: Mine" };
    expect(wrong({ orchestratedReleasePipeline: {} }, { shop: exposed }, { files: { ...shop.files, content } })).toEqual([]);
  });
});

describe("options that do not fit the stack", () => {
  test("name a service that is built elsewhere, or none of several", () => {
    expect(wrong({ canaryDeployment: { service: "store" } })).toEqual([`${at}.canaryDeployment.service: names store, which is not built from this repository; write one of shop`]);
    expect(wrong({ canaryDeployment: {} }, {})).toEqual([`${at}.canaryDeployment.service: names no service, and 0 are built from this repository; declare a service with this repository`]);
    expect(wrong({ canaryDeployment: {} }, { shop: exposed, shop2: service })).toEqual([`${at}.canaryDeployment.service: names no service, and 2 are built from this repository; write one of shop, shop2`]);
  });

  test("test something without an address or a health path", () => {
    expect(wrong({ enhancedSmokeTests: { targets: { staging: {} } } }, { shop: service })).toEqual([
      `${at}.enhancedSmokeTests.targets.staging.url: is missing, and neither an environment of that name nor the service has an address; write it, such as https://shop.example.com`,
    ]);
    expect(wrong({ enhancedSmokeTests: {} }, { shop: { ...exposed, probes: { readiness: { kind: "tcp", port: "http" } } } })).toEqual([
      `${at}.enhancedSmokeTests.health: is missing, and the service has no HTTP readiness probe; write a path such as /healthz`,
    ]);
  });
});
