import { stringify } from "yaml";
import { local } from "./part.ts";
import type { MakePart } from "./part.ts";

/** The address by which istiod knows the gateway; no pod has it. */
export const GATEWAY_ADDRESS = "127.0.0.2";

/** Upper bounds of Envoy's histograms, milliseconds: limits such as 2000 ms must be bounds, or they are guessed between two. */
const BOUNDS = [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000];

/** An Envoy as the ingress gateway, configured by istiod over its plaintext port. */
export const gateway: MakePart = ({ ports }, program) => ({
  command: {
    program,
    args: ["--config-path", "data/gateway.yaml", "--concurrency", "1", "--use-dynamic-base-id", "--log-level", "warn", "--drain-time-s", "1", "--parent-shutdown-time-s", "2"],
    environment: {},
  },
  files: { "data/gateway.yaml": stringify(bootstrap(ports.gatewayAdmin, ports.discovery)) },
  ready: local(ports.gatewayAdmin, "/ready"),
});

function bootstrap(admin: number, discovery: number): object {
  const ads = { ads: {}, resource_api_version: "V3", initial_fetch_timeout: "0s" };
  return {
    node: {
      id: `router~${GATEWAY_ADDRESS}~ingress.istio-system~istio-system.svc.cluster.local`,
      cluster: "ingress.istio-system",
      metadata: { LABELS: { istio: "ingressgateway" }, NAMESPACE: "istio-system", CLUSTER_ID: "Kubernetes", ISTIO_VERSION: "1.31.1", UNPRIVILEGED_POD: "true" },
    },
    admin: { address: address(admin) },
    // istiod ends its clusters' names in the statistics with a semicolon, since the names have dots.
    stats_config: {
      use_all_default_tags: false,
      stats_tags: [
        { tag_name: "cluster_name", regex: "^cluster(\\.(.+);)" },
        { tag_name: "response_code", regex: "_rq(_(\\d{3}))$" },
      ],
      histogram_bucket_settings: [{ match: { prefix: "cluster." }, buckets: BOUNDS }],
    },
    dynamic_resources: {
      ads_config: { api_type: "GRPC", transport_api_version: "V3", grpc_services: [{ envoy_grpc: { cluster_name: "discovery" } }] },
      cds_config: ads,
      lds_config: ads,
    },
    static_resources: {
      clusters: [{
        name: "discovery",
        connect_timeout: "1s",
        type: "STATIC",
        typed_extension_protocol_options: {
          "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
            "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
            explicit_http_config: { http2_protocol_options: { connection_keepalive: { interval: "5s", timeout: "2s" } } },
          },
        },
        load_assignment: { cluster_name: "discovery", endpoints: [{ lb_endpoints: [{ endpoint: { address: address(discovery) } }] }] },
      }],
    },
  };
}

function address(port: number): object {
  return { socket_address: { address: "127.0.0.1", port_value: port } };
}
