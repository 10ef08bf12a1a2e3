import { expect, test } from "@jest/globals";
import { replacementPaths } from "../../../sandbox/kubernetes/index.ts";
import type { Mutability } from "../../../sandbox/kubernetes/index.ts";

const IDENTITY = ["metadata.name", "metadata.namespace", "apiVersion", "kind"];

const ROWS: [apiVersion: string, kind: string, more: Record<string, unknown>, mutable: Mutability, paths: string[]][] = [
  ["apps/v1", "Deployment", {}, {}, ["spec.selector"]],
  ["apps/v1", "StatefulSet", {}, {}, ["spec.podManagementPolicy", "spec.revisionHistoryLimit", "spec.selector", "spec.serviceName", "spec.volumeClaimTemplates"]],
  ["batch/v1", "Job", {}, {}, ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"]],
  ["v1", "Service", {}, {}, ["spec.clusterIP"]],
  ["rbac.authorization.k8s.io/v1", "RoleBinding", {}, {}, ["roleRef"]],
  ["v1", "ConfigMap", {}, {}, ["binaryData", "data"]],
  ["v1", "ConfigMap", {}, { configMaps: true }, []],
  ["v1", "ConfigMap", { immutable: true }, { configMaps: true }, ["binaryData", "data"]],
  ["v1", "Secret", {}, {}, ["type", "stringData", "data"]],
  ["v1", "Secret", {}, { secrets: true }, ["type"]],
  ["v1", "Secret", { immutable: true }, { secrets: true }, ["type", "stringData", "data"]],
  ["v1", "Namespace", {}, {}, []],
  ["policy/v1", "PodDisruptionBudget", {}, {}, []],
  ["networking.istio.io/v1", "VirtualService", {}, {}, []],
  ["example.com/v1", "Deployment", {}, {}, []],
];

test.each(ROWS)("of %s %s with %j and %j its identity and %j replace", (apiVersion, kind, more, mutable, paths) => {
  expect(replacementPaths({ apiVersion, kind, metadata: { name: "web" }, ...more }, mutable)).toEqual([...IDENTITY, ...paths]);
});
