import { authorizationSpec, ingressRules } from "../../../components/kubernetes/access.ts";
import { autoscaler, budget } from "../../../components/kubernetes/capacity.ts";
import { containerLimit, namespaceLabels, quotaHard } from "../../../components/kubernetes/bounds.ts";
import { clusterHost, trafficPolicy } from "../../../components/kubernetes/destination.ts";
import { mountedFiles } from "../../../components/kubernetes/files.ts";
import { gatewaySpec } from "../../../components/kubernetes/gateway.ts";
import { serviceLabels } from "../../../components/kubernetes/labels.ts";
import { revisionNaming } from "../../../components/kubernetes/naming.ts";
import { DENY_ALL, egressPolicy, platformPolicy } from "../../../components/kubernetes/network.ts";
import { podTemplate } from "../../../components/kubernetes/pod.ts";
import { virtualServiceSpec } from "../../../components/kubernetes/routes.ts";
import { servicePorts } from "../../../components/kubernetes/service-ports.ts";
import { serviceLevel } from "../../../components/delivery/service-level.ts";
import { specificationOf } from "../../../components/delivery/service-settings.ts";
import { alertmanagerSpec } from "../../../components/observability/alerting/routing.ts";
import { ruleGroups, rulesDocument } from "../../../components/observability/prometheus-rules.ts";
import { liveObject } from "../../../operations/adopt/namespace/objects.ts";
import type { LiveNamespace, LiveObject } from "../../../operations/adopt/namespace/objects.ts";
import type { NamespaceSettings } from "../../../settings/schema/namespace.ts";
import type { ServiceSettings } from "../../../settings/schema/service.ts";

/** An object as the API server would give it back; what is undefined is not there. */
export function object(kind: string, name: string, rest: object = {}, labels: Record<string, string> = {}): LiveObject {
  return liveObject.parse(JSON.parse(JSON.stringify({ apiVersion: "v1", kind, metadata: { name, labels }, ...rest })));
}

/** The objects that the program makes for a namespace. */
export function namespaceOf(name: string, settings: NamespaceSettings): LiveNamespace {
  const egress = egressPolicy(settings.egress);
  const hard = quotaHard(settings.quota);
  return {
    namespace: object("Namespace", name, {}, { ...namespaceLabels(settings), "kubernetes.io/metadata.name": name }),
    objects: [
      object("NetworkPolicy", "default-deny", { spec: DENY_ALL }),
      object("NetworkPolicy", "platform", { spec: platformPolicy(settings) }),
      ...(egress ? [object("NetworkPolicy", "egress", { spec: egress })] : []),
      ...(hard ? [object("ResourceQuota", "quota", { spec: { hard } })] : []),
      object("LimitRange", "limits", { spec: { limits: [containerLimit(settings.containers)] } }),
      ...(settings.alerts ? [object("AlertmanagerConfig", "slipway", { spec: alertmanagerSpec(settings.alerts) }), object("Secret", "slipway-alerts")] : []),
      object("ConfigMap", "kube-root-ca.crt"),
      object("ServiceAccount", "default"),
    ],
  };
}

/** A revision with its weight, as the routes name it. */
export interface Weighed {
  id: string;
  weight: number;
  settings: ServiceSettings;
}

/** The objects that the program makes for a service; the first revision is the stable one. */
export function serviceObjects(name: string, revisions: readonly [Weighed, ...Weighed[]], candidate?: string): LiveObject[] {
  const [{ settings }] = revisions;
  const { namespace, ports, traffic } = settings;
  const split = revisions.map(({ id, weight }) => ({ subset: id, weight }));
  const policy = trafficPolicy(traffic);
  const args = { service: name, namespace, ports, traffic };
  return [
    object("Service", name, { spec: { ports: servicePorts(ports) } }, serviceLabels(name)),
    object("VirtualService", name, { spec: virtualServiceSpec({ ...args, split, ...(candidate !== undefined && { candidate }) }) }),
    ...(traffic.exposure.kind === "gateway" ? [object("Gateway", name, { spec: gatewaySpec(traffic.exposure) })] : []),
    ...(policy ? [object("DestinationRule", name, { spec: { host: clusterHost(name, namespace), trafficPolicy: policy } })] : []),
    object("AuthorizationPolicy", name, { spec: authorizationSpec(args) }),
    object("NetworkPolicy", name, { spec: { ingress: ingressRules(args) } }),
    ...["PeerAuthentication", "ServiceAccount"].map((kind) => object(kind, name)),
    object("PrometheusRule", `service-${name}`, { spec: rulesDocument(ruleGroups(serviceLevel(name, settings))) }),
    ...revisions.flatMap(({ id, settings }) => revisionObjects(name, id, settings)),
  ];
}

function revisionObjects(service: string, id: string, settings: ServiceSettings): LiveObject[] {
  const naming = revisionNaming(service, id);
  const specification = specificationOf(settings);
  const image = settings.image.from === "digest" ? settings.image.reference : "";
  const template = podTemplate({ service, naming, image, serviceAccount: service, specification });
  const scaler = autoscaler(naming.name, settings.scaling);
  const files = mountedFiles(settings.files ?? {});
  const spec = { progressDeadlineSeconds: settings.rollout.unreadySeconds, template, ...(settings.scaling.kind === "fixed" && { replicas: settings.scaling.replicas }) };
  const maps: [string, Record<string, string>][] = [[naming.name, settings.environment], [`${naming.name}-files`, Object.fromEntries(files.map(({ key, text }) => [key, text]))]];
  return [
    object("Deployment", naming.name, { spec }, naming.labels),
    object("DestinationRule", naming.name, {}, naming.labels),
    ...maps.filter(([, data]) => Object.keys(data).length > 0).map(([name, data]) => object("ConfigMap", name, { data }, naming.labels)),
    ...(scaler ? [object("HorizontalPodAutoscaler", naming.name, { spec: scaler }, naming.labels)] : []),
    object("PodDisruptionBudget", naming.name, { spec: budget(settings.disruption) }, naming.labels),
  ];
}
