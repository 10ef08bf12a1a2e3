import { stringify } from "yaml";
import { kubeconfigFile } from "../folder.ts";
import { local } from "./part.ts";
import type { MakePart } from "./part.ts";

/** A plain Envoy lacks Istio's own filters, and nothing here has a certificate: istiod is told not to ask for either. */
const environment = {
  PILOT_ENABLE_METADATA_EXCHANGE: "false",
  PILOT_ENABLE_TELEMETRY_LABEL: "false",
  PILOT_ENABLE_ALPN_FILTER: "false",
  PILOT_ENABLE_GATEWAY_API: "false",
  PILOT_CERT_PROVIDER: "istiod",
  ENABLE_CA_SERVER: "false",
  POD_NAMESPACE: "istio-system",
  CLUSTER_ID: "Kubernetes",
  VALIDATION_WEBHOOK_CONFIG_NAME: "",
  INJECTION_WEBHOOK_CONFIG_NAME: "",
  // Changes go out at once rather than after a tenth of a second of quiet.
  PILOT_DEBOUNCE_AFTER: "20ms",
};

/** istiod: it turns the objects of the API server into Envoy's configuration. */
export const discovery: MakePart = ({ folder, ports }, program) => ({
  command: {
    program,
    args: [
      "discovery", `--kubeconfig=${kubeconfigFile(folder)}`, "--meshConfig=data/mesh.yaml", "--networksConfig=/dev/null", "--registries=Kubernetes",
      `--httpAddr=127.0.0.1:${ports.discoveryHttp}`, "--httpsAddr=", `--grpcAddr=127.0.0.1:${ports.discovery}`, "--secureGRPCAddr=",
      `--monitoringAddr=127.0.0.1:${ports.discoveryMonitoring}`, "--ctrlz_port=0", "--log_output_level=default:warn",
    ],
    environment,
  },
  files: {
    "data/mesh.yaml": stringify({
      defaultConfig: { discoveryAddress: `localhost:${ports.discovery}` },
      accessLogFile: "",
      enablePrometheusMerge: false,
      defaultProviders: { metrics: [] },
      enableAutoMtls: false,
    }),
  },
  ready: local(ports.discoveryHttp, "/ready"),
});
