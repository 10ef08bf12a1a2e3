import { ControlledPods } from "../../components/kubernetes/controlled-pods.ts";
import { ControlledTraffic } from "../../components/kubernetes/controlled-traffic.ts";
import type { CanaryReleaseArgs } from "../../components/kubernetes/flagger/canary-release.ts";
import type { PodsArgs } from "../../components/kubernetes/revision.ts";
import { declared } from "./declared.ts";
import type { Declared } from "./declared.ts";
import { EXPOSED, IMAGE, SPECIFICATION } from "./fixtures.ts";

const PODS: PodsArgs = {
  service: "storefront", namespace: "shop", id: "r1a2b3c4d5e", image: IMAGE, specification: { ...SPECIFICATION, files: { "/etc/app.yaml": "a: 1" } },
  secrets: { TOKEN: "canary-value" }, keepSecrets: false, serviceAccount: "storefront",
};
export const TRAFFIC: CanaryReleaseArgs = {
  service: "storefront", namespace: "shop", ports: SPECIFICATION.ports, traffic: EXPOSED, course: { kind: "canary", stages: [10, 25, 50, 100] },
  intervalSeconds: 30, failedChecks: 2, unreadySeconds: 120, checks: [{ name: "error-percent", query: "1", range: { max: 5 } }], prometheus: "http://prometheus:9090",
  alerts: { team: { kind: "slack", channel: "#shop", severity: "warn" } }, addresses: { team: "https://hooks.example.com/x" }, dependsOn: [],
};
/** The pods and the traffic of a service that Flagger controls. */
export function world(traffic: Partial<CanaryReleaseArgs> = {}, pods: Partial<PodsArgs> = {}): Promise<Declared[]> {
  return declared((opts) => {
    const { deployment, autoscaler } = new ControlledPods("pods", { ...PODS, ...pods }, opts);
    new ControlledTraffic("traffic", { ...TRAFFIC, ...traffic, dependsOn: [deployment, autoscaler] }, opts);
  });
}
