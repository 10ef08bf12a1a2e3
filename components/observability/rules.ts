import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import * as pulumi from "@pulumi/pulumi";
import { levelProblems } from "./level-problems.ts";
import { ruleGroups, rulesDocument } from "./prometheus-rules.ts";
import type { ServiceLevel } from "./service-level.ts";

export interface RulesArgs {
  level: ServiceLevel;
  /** The service's namespace, which has to exist first; Prometheus' `ruleNamespaceSelector` has to cover it. */
  namespace: pulumi.Input<string>;
}

/**
 * Recording rules and alerts of one service as a PrometheusRule, which the Prometheus operator loads. It names no revision, so a release
 * does not change it. @throws ResourceError with every setting that would make a query wrong
 */
export class Rules extends pulumi.ComponentResource {
  constructor(name: string, { level, namespace }: RulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:observability:Rules", name, {}, opts);
    const { service } = level;
    const problems = levelProblems(level);
    if (problems.length > 0) throw new pulumi.ResourceError(problems.join("\n"), this, true);
    new CustomResource(`${name}-prometheus`, {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: `service-${service}`, namespace, labels: { "app.kubernetes.io/name": service, "app.kubernetes.io/managed-by": "slipway" } },
      spec: rulesDocument(ruleGroups(level)),
    }, { parent: this });
    this.registerOutputs({});
  }
}
