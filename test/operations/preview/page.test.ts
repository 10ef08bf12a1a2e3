import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { markerOf, partsOf } from "../../../operations/preview/parts.ts";
import { screenOf } from "../../../operations/preview/screen.ts";
import type { Summary } from "../../../operations/preview/summary.ts";
import { IN_ENVIRONMENT, IN_REPOSITORY, IN_SERVICE, SECRET_MARK, urnOf } from "./engine.ts";
import type { Made } from "./engine.ts";
import { summaryOf } from "./summaries.ts";

const page = readFileSync(fileURLToPath(new URL("../../../docs/preview.md", import.meta.url)), "utf8");

const beta: Made = { op: "delete", type: "slipway:github:Environment", name: "shop-environment-beta", parent: IN_REPOSITORY, old: {} };
const route = (subset: string, weight: number): object => ({ destination: { host: "storefront", subset }, weight });

/** A pull request that takes a reviewer out, removes an environment, sets a secret anew and releases an image. */
const summary: Summary = {
  ...summaryOf([
    { op: "update", type: "github:index/repositoryEnvironment:RepositoryEnvironment", name: "shop-environment-production-environment", parent: IN_ENVIRONMENT, old: { reviewers: [{ users: [11, 12] }], preventSelfReview: true }, new: { reviewers: [{ users: [11] }], preventSelfReview: true } },
    { op: "update", type: "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret", name: "shop-environment-production-secret-KUBE_CONFIG", parent: IN_ENVIRONMENT, old: { secretName: "KUBE_CONFIG", value: SECRET_MARK }, new: { secretName: "KUBE_CONFIG", value: SECRET_MARK }, detailedDiff: { value: "update" } },
    beta,
    { op: "delete", type: "github:index/repositoryEnvironment:RepositoryEnvironment", name: "shop-environment-beta-environment", parent: urnOf(beta), old: {} },
    { op: "delete", type: "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret", name: "shop-environment-beta-secret-TOKEN", parent: urnOf(beta), old: { secretName: "TOKEN" } },
    { op: "create", type: "kubernetes:apps/v1:Deployment", name: "storefront-r0a50d321a6-deployment", parent: IN_SERVICE, new: {} },
    { op: "update", type: "kubernetes:networking.istio.io/v1:VirtualService", name: "storefront-traffic-routes", parent: IN_SERVICE, old: { spec: { http: [{ route: [route("r3cfc0dcafa", 100)] }] } }, new: { spec: { http: [{ route: [route("r3cfc0dcafa", 90), route("r0a50d321a6", 10)] }] } } },
  ]),
  digest: `${"3c01847f".repeat(8)}-c4c32790-cfe5e3e0-7041dd3e`,
  releases: [{ service: "storefront", does: "starts-candidate", revision: "r0a50d321a6", image: `ghcr.io/acme/storefront@sha256:${"2".repeat(64)}`, weight: 10, beside: "r3cfc0dcafa", stages: [50, 100], approval: "first-stage", atLeastSeconds: 1200, bakeSeconds: 600, minimumRequests: 100, freezes: [] }],
};

test("the page shows what a terminal shows", () => {
  expect(page).toContain(`\`\`\`text\n${screenOf(summary, false)}\`\`\``);
});

test("the page shows the first screen of the comment", () => {
  const [comment = ""] = partsOf(summary);
  const screen = comment.replace(`${markerOf("staging", 1)}\n`, "").split("\n\n<details>")[0] ?? "";
  expect(page).toContain(screen);
});
