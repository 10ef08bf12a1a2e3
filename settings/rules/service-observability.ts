import { LATENCY_BOUNDS_MS } from "../../components/kubernetes/mesh-annotations.ts";
import { dashboardUid } from "../../components/observability/dashboards/uid.ts";
import { pathText } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { eachService } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** Limits and objectives of latency are bounds of the histogram: between two bounds there is nothing to read. */
export const latenciesAreBounds = eachService(({ observability: { limits, objectives } }, at) => [
  ...bound(limits.p95Milliseconds, at("observability", "limits", "p95Milliseconds")),
  ...(objectives.latency ? bound(objectives.latency.milliseconds, at("observability", "objectives", "latency", "milliseconds")) : []),
]);

/** The application's metrics are on a port that it has. */
export const metricsNamePorts = eachService(({ observability: { metrics }, ports }, at) => {
  if (metrics === undefined || ports.some(({ name }) => name === metrics.port)) return [];
  return [{ path: at("observability", "metrics", "port"), wrong: "is not a port of the service", got: metrics.port, todo: `use ${ports.map(({ name }) => name).join(" or ")}, or add it to ports` }];
});

/** A namespace that lets no Prometheus in is not scraped, and nothing would say so but a ticket. */
export const metricsAreRead: Rule = ({ namespaces, services }) => Object.entries(services).flatMap(([name, { namespace, observability: { metrics } }]) => {
  if (metrics === undefined || namespaces[namespace]?.scrapers.length !== 0) return [];
  const path = pathText(["services", name, "observability", "metrics"]);
  return [{ path, wrong: "has metrics that nobody may read", todo: `name Prometheus' namespace in namespaces.${namespace}.scrapers, or remove them` }];
});

/** Grafana knows a dashboard by its uid: of two with one uid the sidecar shows one. Of namespace and service only a dash tells them apart. */
export const dashboardsUnique: Rule = ({ services }) => {
  const first = new Map<string, string>();
  return Object.entries(services).flatMap(([name, { namespace }]) => {
    const uid = dashboardUid(namespace, name);
    const other = first.get(uid);
    first.set(uid, other ?? name);
    if (other === undefined) return [];
    return [{ path: pathText(["services", name, "namespace"]), wrong: `makes dashboards of the same uid as those of services.${other}`, got: namespace, todo: "rename one of the services or choose another namespace" }];
  });
};

function bound(milliseconds: number, path: string): Problem[] {
  if (LATENCY_BOUNDS_MS.includes(milliseconds)) return [];
  const below = LATENCY_BOUNDS_MS.filter((each) => each < milliseconds).at(-1);
  const above = LATENCY_BOUNDS_MS.find((each) => each > milliseconds);
  const near = [below, above].filter((each) => each !== undefined).join(" or ");
  return [{ path, wrong: "is no bound of the mesh's latency histogram, which would be guessed between two", got: milliseconds, todo: `use ${near}` }];
}
