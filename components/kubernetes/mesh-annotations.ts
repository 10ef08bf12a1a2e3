import type { RevisionSpecification } from "./specification.ts";

/**
 * Upper bounds, in milliseconds, of the mesh's latency histogram. Envoy's own have nothing between 1000 and 2500, so a limit of
 * 2000 ms would be interpolated there and `le="2000"` would match no series.
 */
export const LATENCY_BOUNDS_MS: readonly number[] = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000,
];

/**
 * Lets the sidecar's agent read the application's metrics within the pod and show them on port 15020. Strict mutual TLS and the
 * service's callers stay as they are, and a scrape is no request of the mesh.
 */
export function metricsAnnotations({ metrics, ports }: Pick<RevisionSpecification, "metrics" | "ports">): Record<string, string> {
  const port = ports.find(({ name }) => name === metrics?.port)?.port;
  if (metrics === undefined || port === undefined) return {};
  return { "prometheus.istio.io/merge-metrics": "true", "prometheus.io/scrape": "true", "prometheus.io/port": String(port), "prometheus.io/path": metrics.path };
}

/** What the sidecar of a pod is told; `drainSeconds` is how long it finishes requests after the stop signal. */
export function meshAnnotations(drainSeconds: number): Record<string, string> {
  return {
    "sidecar.istio.io/statsHistogramBuckets": JSON.stringify({ istiocustom: LATENCY_BOUNDS_MS }),
    "proxy.istio.io/config": JSON.stringify({
      holdApplicationUntilProxyStarts: true,
      terminationDrainDuration: `${drainSeconds}s`,
    }),
  };
}
