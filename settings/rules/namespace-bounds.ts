import { pathText } from "../problem.ts";
import type { Problem } from "../problem.ts";
import type { NamespaceSettings } from "../schema/namespace.ts";
import type { ServiceSettings } from "../schema/service.ts";
import { quantityValue } from "./quantities.ts";
import type { Rule } from "./rule.ts";

/** Pods that request more than they may use together are refused, whatever is free. */
export const quotaOrder: Rule = ({ namespaces }) => Object.entries(namespaces).flatMap(([name, { quota }]) => {
  if ("unlimited" in quota || quantityValue(quota.requests.memory) <= quantityValue(quota.limits.memory)) return [];
  const wrong = `is more than the limits together (${quota.limits.memory})`;
  return [{ path: pathText(["namespaces", name, "quota", "requests", "memory"]), wrong, got: quota.requests.memory, todo: "write less, or raise quota.limits.memory" }];
});

/** The API server refuses a LimitRange whose parts contradict each other. */
export const containerDefaults: Rule = ({ namespaces }) => Object.entries(namespaces).flatMap(([name, { containers: { defaults, max } }]) => {
  const at = (...parts: string[]): string => pathText(["namespaces", name, "containers", ...parts]);
  return [
    ...above(at("defaults", "requests", "memory"), defaults.requests.memory, defaults.limits.memory, "its own limit"),
    ...above(at("defaults", "limits", "memory"), defaults.limits.memory, max?.memory, "max"),
    ...above(at("defaults", "requests", "cpu"), defaults.requests.cpu, max?.cpu, "max"),
  ];
});

/** A container above the namespace's bound is never created. */
export const containerMax: Rule = ({ namespaces, services }) => Object.entries(services).flatMap(([service, { namespace, resources: { limits } }]) => {
  const max = namespaces[namespace]?.containers.max;
  const at = (kind: string): string => pathText(["services", service, "resources", "limits", kind]);
  const whose = `namespaces.${namespace}.containers.max`;
  return [...above(at("memory"), limits.memory, max?.memory, whose), ...above(at("cpu"), limits.cpu, max?.cpu, whose)];
});

/** The fewest pods of all services have to fit; a candidate and the sidecars come on top. */
export const minimumFits: Rule = ({ namespaces, services }) => Object.entries(namespaces).flatMap(([name, { quota }]) => {
  if ("unlimited" in quota) return [];
  const inside = Object.values(services).filter(({ namespace }) => namespace === name);
  const total = (value: (service: ServiceSettings) => number): number => inside.reduce((sum, service) => sum + fewest(service) * value(service), 0);
  return bounds(quota, total).filter(({ needed, bound }) => needed > quantityValue(String(bound))).map(({ key, needed, bound }) => ({
    path: pathText(["namespaces", name, "quota", ...key]),
    wrong: `is too little for the fewest pods of its services (${Number(needed.toFixed(3))})`,
    got: bound,
    todo: "raise it, with room for candidates and sidecars, or run fewer pods",
  }));
});

type Limited = Exclude<NamespaceSettings["quota"], { unlimited: string }>;

function bounds(quota: Limited, total: (value: (service: ServiceSettings) => number) => number): { key: string[]; needed: number; bound: string | number }[] {
  return [
    { key: ["requests", "cpu"], needed: total(({ resources }) => quantityValue(resources.requests.cpu)), bound: quota.requests.cpu },
    { key: ["requests", "memory"], needed: total(({ resources }) => quantityValue(resources.requests.memory)), bound: quota.requests.memory },
    { key: ["limits", "memory"], needed: total(({ resources }) => quantityValue(resources.limits.memory)), bound: quota.limits.memory },
    { key: ["pods"], needed: total(() => 1), bound: quota.pods },
  ];
}

function fewest({ scaling }: ServiceSettings): number {
  return scaling.kind === "auto" ? scaling.min : scaling.replicas;
}

function above(path: string, value: string | undefined, bound: string | undefined, whose: string): Problem[] {
  if (value === undefined || bound === undefined || quantityValue(value) <= quantityValue(bound)) return [];
  return [{ path, wrong: `is more than ${whose} (${bound})`, got: value, todo: "write less, or raise that" }];
}
