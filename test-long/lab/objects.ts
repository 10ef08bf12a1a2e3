import type { KubernetesObject } from "../../lab/api.ts";

/** A service of the lab's tests: one namespace, one host, and revisions that differ in their name alone. */
export const HOST = "shop.example.com";
export const NAMESPACE = "shop";

type WithSpec = KubernetesObject & { spec?: object; data?: Record<string, string> };

const metadata = (name: string, labels: Record<string, string> = {}) => ({ name, namespace: NAMESPACE, labels });
const mesh = "networking.istio.io/v1";
const cluster = `shop.${NAMESPACE}.svc.cluster.local`;

/** What is there before any revision. */
export function service(): WithSpec[] {
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE, labels: { "pod-security.kubernetes.io/enforce": "restricted" } } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: metadata("shop") },
    { apiVersion: "v1", kind: "Service", metadata: metadata("shop"), spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 8080, targetPort: "http", appProtocol: "http" }] } },
    { apiVersion: mesh, kind: "Gateway", metadata: metadata("shop"), spec: { selector: { istio: "ingressgateway" }, servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: [HOST] }] } },
  ];
}

/** Pods of one revision, with what the demo app is told. */
export function revision(id: string, knobs: Record<string, string> = {}, replicas = 2): WithSpec[] {
  const labels = { app: "shop", version: id };
  const name = `shop-${id}`;
  const probe = { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 1, failureThreshold: 2 };
  return [
    { apiVersion: "v1", kind: "ConfigMap", metadata: metadata(name, labels), data: { MODE: "lab", ...knobs } },
    {
      apiVersion: "apps/v1", kind: "Deployment", metadata: metadata(name, labels),
      spec: {
        replicas, selector: { matchLabels: labels }, progressDeadlineSeconds: 20,
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: "shop", automountServiceAccountToken: false, terminationGracePeriodSeconds: 10,
            securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: "RuntimeDefault" } },
            containers: [{
              name: "shop", image: `ghcr.io/acme/shop:${id}`, ports: [{ name: "http", containerPort: 8080 }], envFrom: [{ configMapRef: { name } }], readinessProbe: probe,
              lifecycle: { preStop: { sleep: { seconds: 1 } } },
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
            }],
          },
        },
      },
    },
    { apiVersion: mesh, kind: "DestinationRule", metadata: metadata(name, labels), spec: { host: cluster, subsets: [{ name: id, labels }] } },
  ];
}

/** How the requests are shared; retries are off, so that what fails is seen. */
export function split(weights: Record<string, number>): WithSpec[] {
  const route = Object.entries(weights).map(([subset, weight]) => ({ destination: { host: cluster, subset, port: { number: 8080 } }, weight }));
  return [{ apiVersion: mesh, kind: "VirtualService", metadata: metadata("shop"), spec: { hosts: [HOST], gateways: ["shop"], http: [{ route, retries: { attempts: 0 } }] } }];
}
