import type { Ports } from "../ports.ts";
import { relabelling } from "./relabelling.ts";

/** How often is looked, so that a gate that asks over a minute sees enough points. */
const EVERY = "1s";

/** What Prometheus scrapes, with the rule files that the agent writes. */
export function prometheusConfiguration({ agent, gatewayAdmin }: Pick<Ports, "agent" | "gatewayAdmin">): object {
  const target = (port: number) => [{ targets: [`127.0.0.1:${port}`] }];
  return {
    global: { scrape_interval: EVERY, scrape_timeout: EVERY, evaluation_interval: EVERY },
    rule_files: ["../rules/*.yaml"],
    scrape_configs: [
      {
        job_name: "gateway",
        metrics_path: "/stats/prometheus",
        // Envoy has thousands of other numbers, and a scrape every second would spend its time on them.
        params: { filter: ["^cluster\\.outbound.*upstream_rq_(time|\\d{3})$"], usedonly: [""] },
        static_configs: target(gatewayAdmin),
        metric_relabel_configs: relabelling,
      },
      { job_name: "agent", static_configs: target(agent), honor_labels: true },
    ],
  };
}
