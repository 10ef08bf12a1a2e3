import { controllerOf } from "../../components/delivery/engine-settings.ts";
import type { Problem } from "../problem.ts";
import { eachService, repeated } from "./each-service.ts";
import { quantityValue } from "./quantities.ts";

/** Two ports of one container differ in name and number. */
export const portsUnique = eachService(({ ports }, at) => [
  ...repeated(ports.map(({ name }) => name)).map((index) => ({
    path: at("ports", index, "name"), wrong: "is the name of another port", got: ports[index]?.name, todo: "give every port a name of its own",
  })),
  ...repeated(ports.map(({ port }) => port)).map((index) => ({
    path: at("ports", index, "port"), wrong: "is the number of another port", got: ports[index]?.port, todo: "give every port a number of its own",
  })),
]);

/** A probe asks a port that exists. */
export const probesNamePorts = eachService(({ ports, probes }, at) => {
  const names = ports.map(({ name }) => name);
  return Object.entries(probes).flatMap(([which, probe]) => {
    if (probe === undefined || probe.kind === "exec" || names.includes(probe.port)) return [];
    return [{ path: at("probes", which, "port"), wrong: "is not a declared port", got: probe.port, todo: `name one of ${names.join(", ")}` }];
  });
});

/** A start that the startup probe allows is not taken for one that fails. */
export const startsInTime = eachService(({ probes: { startup }, rollout }, at) => {
  if (startup === undefined || controllerOf(rollout) !== undefined) return [];
  const { failureThreshold = 3, initialDelaySeconds = 0, periodSeconds = 10 } = startup;
  const allowed = initialDelaySeconds + periodSeconds * failureThreshold;
  if (allowed <= rollout.unreadySeconds) return [];
  const wrong = `is less than the startup probe allows (${allowed} seconds), so that a slow start would be rolled back`;
  return [{ path: at("rollout", "unreadySeconds"), wrong, got: rollout.unreadySeconds, todo: `write at least ${allowed}` }];
});

/** A variable is public or secret. */
export const namesOfVariables = eachService(({ environment, secrets }, at) =>
  Object.keys(secrets).filter((name) => Object.hasOwn(environment, name)).map((name) => ({
    path: at("secrets", name), wrong: "is named under environment as well", todo: "keep it in one of the two",
  })));

/** Kubernetes refuses pods that request more than their limit. */
export const requestsWithinLimits = eachService(({ resources: { requests, limits } }, at) =>
  (["cpu", "memory"] as const).flatMap((kind) => {
    const limit = limits[kind];
    if (limit === undefined || quantityValue(requests[kind]) <= quantityValue(limit)) return [];
    return [{ path: at("resources", "requests", kind), wrong: `is more than the limit (${limit})`, got: requests[kind], todo: "request at most the limit" }];
  }));

/** The autoscaler's range has a bottom and a top. */
export const scalingRange = eachService(({ scaling }, at) => {
  if (scaling.kind === "fixed" || scaling.min <= scaling.max) return [];
  return [{ path: at("scaling", "min"), wrong: `is more than max (${scaling.max})`, got: scaling.min, todo: "write min at most as large as max" }];
});

/** A budget that keeps every pod stops nodes from being drained. */
export const evictions = eachService(({ disruption, scaling }, at): Problem[] => {
  const fewest = scaling.kind === "auto" ? scaling.min : scaling.replicas;
  const path = at("disruption", "pods");
  const { kind, pods } = disruption;
  if (kind === "max-unavailable") return [];
  if (typeof pods === "string") {
    return pods === "100%" ? [{ path, wrong: "keeps every pod from being evicted", got: pods, todo: "write less, so that nodes can be drained" }] : [];
  }
  return pods < fewest
    ? []
    : [{ path, wrong: `keeps every pod from being evicted while there are ${fewest}`, got: pods, todo: "write less than the fewest pods, so that nodes can be drained" }];
});

/** A pod that is killed while it drains drops requests. */
export const graceCoversDrain = eachService(({ drainSeconds, gracePeriodSeconds }, at) => {
  if (drainSeconds < gracePeriodSeconds) return [];
  const wrong = `leaves no time of gracePeriodSeconds (${gracePeriodSeconds}) to stop in`;
  return [{ path: at("drainSeconds"), wrong, got: drainSeconds, todo: "write less, or raise gracePeriodSeconds" }];
});

/** Two mounts have two places, and a file is not hidden by a folder. */
export const writableFolders = eachService(({ writable, files = {} }, at) => [
  ...repeated(writable).map((index) => ({
    path: at("writable", index), wrong: "is named twice", got: writable[index], todo: "name every folder once",
  })),
  ...Object.keys(files).flatMap((file) => {
    const folder = writable.find((path) => file === path || path.startsWith(`${file}/`));
    return folder === undefined ? [] : [{ path: at("files", file), wrong: `is in the way of the writable folder ${folder}`, todo: "move one of them" }];
  }),
]);
