import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import { clusterHost, subsetRule, trafficPolicy } from "./destination.ts";
import { gatewayProblem } from "./gateway-port.ts";
import { doors, guards } from "./guards.ts";
import { revisionLabels, serviceLabels, serviceSelector } from "./labels.ts";
import { virtualServiceSpec } from "./routes.ts";
import { servicePorts } from "./service-ports.ts";
import type { ContainerPort } from "./specification.ts";
import { answering, splitProblem } from "./split.ts";
import type { Weight } from "./split.ts";
import { publicHosts } from "./traffic-settings.ts";
import type { TrafficSettings } from "./traffic-settings.ts";

export interface TrafficArgs {
  service: string;
  namespace: pulumi.Input<string>;
  /** The stable revision's ports: those of the service's address. */
  ports: ContainerPort[];
  /** Ports of other live revisions, where a name may have another number or a number another name. @default none */
  otherPorts?: ContainerPort[] | undefined;
  /** Every revision that has pods, weight 0 included; the weights add up to 100. */
  split: Weight[];
  /** The revision under trial, which testers, mirrored requests and returning visitors meet. @default none */
  candidate?: string | undefined;
  traffic: TrafficSettings;
  /** What must be ready before a revision gets weight, by revision: its Deployment. */
  ready: Record<string, pulumi.Resource>;
}

/** How requests reach a service and who may send them: its address, its doors, its split, its guards. */
export class Traffic extends pulumi.ComponentResource {
  /** Names under which the service is reached from outside; none where it is reached inside the mesh only. */
  readonly hosts: string[];
  /** Name under which the cluster calls it. */
  readonly clusterHost: pulumi.Output<string>;

  constructor(name: string, args: TrafficArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:kubernetes:Traffic", name, {}, opts);
    const { service, ports, split, traffic, ready } = args;
    const problem = splitProblem(service, split) ?? readyProblem(args) ?? gatewayProblem(service, traffic.exposure, ports);
    if (problem !== undefined) throw new pulumi.ResourceError(problem, this, true);

    const host = pulumi.output(args.namespace).apply((namespace) => clusterHost(service, namespace));
    const named = (suffix = ""): { name: string; namespace: pulumi.Input<string> } => ({ name: `${service}${suffix}`, namespace: args.namespace });
    const metadata = { ...named(), labels: serviceLabels(service) };
    const networking = (suffix: string, kind: string, spec: pulumi.Input<object>, dependsOn: pulumi.Resource[] = []): CustomResource =>
      new CustomResource(`${name}-${suffix}`, { apiVersion: "networking.istio.io/v1", kind, metadata, spec }, { parent: this, dependsOn });

    const pods = answering(split).flatMap(({ subset }) => ready[subset] ?? []);
    const address = new Service(`${name}-service`, {
      metadata,
      spec: {
        selector: serviceSelector(service),
        ports: servicePorts(ports, args.otherPorts),
      },
    }, { parent: this, dependsOn: pods });
    const open = doors(name, args, this);
    const policy = trafficPolicy(traffic);
    const policies = policy ? [networking("policy", "DestinationRule", { host, trafficPolicy: policy })] : [];
    const subsets = split.map(({ subset }) => new CustomResource(`${name}-subset-${subset}`, {
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata: { ...named(`-${subset}`), labels: revisionLabels(service, subset) },
      spec: host.apply((value) => subsetRule(service, value, subset)),
    }, { parent: this }));
    const routes = pulumi.output(args.namespace).apply((namespace) => virtualServiceSpec({ ...args, namespace }));
    networking("routes", "VirtualService", routes, [...pods, address, ...open, ...policies, ...subsets]);
    guards(name, args, this);
    this.hosts = publicHosts(traffic);
    this.clusterHost = host;
    this.registerOutputs({ hosts: this.hosts, clusterHost: host });
  }
}

/** Weight on a revision without pods would be requests without answers. */
function readyProblem({ service, split, candidate, ready }: TrafficArgs): string | undefined {
  const path = `services.${service}.split`;
  const without = answering(split).find(({ subset }) => ready[subset] === undefined);
  if (without) return `${path}: ${without.subset} has weight and no Deployment, got ${without.weight}; declare the revision`;
  if (candidate === undefined || split.some(({ subset }) => subset === candidate)) return undefined;
  return `${path}: the candidate is not part of the split, got ${candidate}; give it a weight, 0 for none`;
}
