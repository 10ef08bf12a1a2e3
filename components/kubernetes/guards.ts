import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type * as pulumi from "@pulumi/pulumi";
import { authorizationSpec, ingressRules } from "./access.ts";
import type { AccessArgs } from "./access.ts";
import { gatewaySpec } from "./gateway.ts";
import type { PeerAuthenticationSpec } from "./istio.ts";
import { serviceLabels, serviceSelector } from "./labels.ts";

export interface GuardsArgs extends AccessArgs {
  namespace: pulumi.Input<string>;
}

/** The doors of the ingress gateway for a service's hosts, as a child of `parent`; none where it is reached inside the mesh only. */
export function doors(name: string, args: GuardsArgs, parent: pulumi.Resource): CustomResource[] {
  const { exposure } = args.traffic;
  return exposure.kind === "gateway" ? [istio(`${name}-gateway`, "networking", "Gateway", gatewaySpec(exposure), args, parent)] : [];
}

/** Who may send requests to a service's pods, by the mesh's identities and in their network; children of `parent`. */
export function guards(name: string, args: GuardsArgs, parent: pulumi.Resource): void {
  const selector = { matchLabels: serviceSelector(args.service) };
  const strict: PeerAuthenticationSpec = { selector, mtls: { mode: "STRICT" } };
  istio(`${name}-mtls`, "security", "PeerAuthentication", strict, args, parent);
  istio(`${name}-callers`, "security", "AuthorizationPolicy", authorizationSpec(args), args, parent);
  new NetworkPolicy(`${name}-callers-network`, {
    metadata: metadataOf(args),
    spec: { podSelector: selector, policyTypes: ["Ingress"], ingress: ingressRules(args) },
  }, { parent });
}

function istio(name: string, group: string, kind: string, spec: object, args: GuardsArgs, parent: pulumi.Resource): CustomResource {
  return new CustomResource(name, { apiVersion: `${group}.istio.io/v1`, kind, metadata: metadataOf(args), spec }, { parent });
}

function metadataOf({ service, namespace }: GuardsArgs): { name: string; namespace: pulumi.Input<string>; labels: Record<string, string> } {
  return { name: service, namespace, labels: serviceLabels(service) };
}
