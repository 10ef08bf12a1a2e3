import * as z from "zod";
import type { NamespaceSettings } from "../../../settings/schema/namespace.ts";
import type { Unmanaged } from "../types.ts";
import { find } from "./objects.ts";
import type { LiveNamespace } from "./objects.ts";

const HOME = "kubernetes.io/metadata.name";

const labels = z.object({ matchLabels: z.record(z.string(), z.string()).optional() });
const peer = z.object({
  namespaceSelector: labels.optional(), podSelector: labels.optional(), ipBlock: z.object({ cidr: z.string(), except: z.array(z.string()).optional() }).optional(),
});
const port = z.object({ port: z.union([z.number(), z.string()]), protocol: z.enum(["TCP", "UDP", "SCTP"]).default("TCP") });
const policy = z.object({ spec: z.object({
  egress: z.array(z.object({ to: z.array(peer).default([]), ports: z.array(port).optional() })).default([]),
  ingress: z.array(z.object({ from: z.array(peer).default([]), ports: z.array(port).optional() })).default([]),
}) });

type Egress = NamespaceSettings["egress"][number];

/** What the three policies of a namespace say: who scrapes, where istiod is, and what its pods may call. */
export interface NetworkSettings {
  scrapers: string[];
  controlPlane?: string | undefined;
  egress: Egress[];
}

/** Reads the policies that the program itself makes; what they lack, the first update would make. */
export function networkSettings(live: LiveNamespace): { settings: NetworkSettings; unmanaged: Unmanaged[] } {
  const [deny, platform, egress] = ["default-deny", "platform", "egress"].map((name) => find(live, "NetworkPolicy", name));
  const rules = platform && policy.parse(platform).spec;
  const istiod = rules?.egress.flatMap(({ to }) => to).find(({ podSelector }) => podSelector?.matchLabels?.["app"] === "istiod");
  const read = (egress ? policy.parse(egress).spec.egress : []).map(egressOf);
  const missing = [...(deny ? [] : ["default-deny"]), ...(platform ? [] : ["platform"])];
  return {
    settings: {
      scrapers: (rules?.ingress ?? []).flatMap(({ from }) => from).flatMap((each) => namespaceOf(each) ?? []),
      controlPlane: istiod && namespaceOf(istiod),
      egress: read.flatMap((each) => each ?? []),
    },
    unmanaged: [
      ...missing.map((name) => ({ path: "egress", what: `there is no NetworkPolicy/${name}`, todo: "the first update makes it, and pods then reach only what egress names: name everything that they call first" })),
      ...(read.includes(undefined) ? [{ path: "egress", what: "NetworkPolicy/egress opens what the configuration has no word for", todo: "write each opening as a namespace or as addresses, or the first update closes it" }] : []),
    ],
  };
}

function namespaceOf({ namespaceSelector }: z.infer<typeof peer>): string | undefined {
  return namespaceSelector?.matchLabels?.[HOME];
}

function egressOf({ ports, to }: { to: z.infer<typeof peer>[]; ports?: z.infer<typeof port>[] | undefined }): Egress | undefined {
  const [target, more] = to;
  if (target === undefined || more !== undefined || target.podSelector !== undefined) return undefined;
  const known = ports?.flatMap((each) => (typeof each.port === "number" && each.protocol !== "SCTP" ? [{ port: each.port, protocol: each.protocol }] : []));
  if (known?.length !== ports?.length) return undefined;
  const opened = known === undefined ? {} : { ports: known };
  const namespace = namespaceOf(target);
  if (namespace !== undefined) return { to: { namespace }, ...opened };
  return target.ipBlock === undefined ? undefined : { to: target.ipBlock, ...opened };
}
