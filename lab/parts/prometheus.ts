import { stringify } from "yaml";
import { prometheusConfiguration } from "../prometheus/configuration.ts";
import { local } from "./part.ts";
import type { MakePart } from "./part.ts";

/** Prometheus with the rules that the agent takes from the API server. */
export const prometheus: MakePart = ({ ports }, program) => ({
  command: {
    program,
    args: [
      "--config.file=data/prometheus.yaml", "--storage.tsdb.path=data/prometheus", "--storage.tsdb.retention.time=12h", "--web.enable-lifecycle",
      `--web.listen-address=127.0.0.1:${ports.prometheus}`, "--log.level=warn",
    ],
    environment: {},
  },
  files: { "data/prometheus.yaml": stringify(prometheusConfiguration(ports)) },
  ready: local(ports.prometheus, "/-/ready"),
});
