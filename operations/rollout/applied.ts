import * as z from "zod";

const route = z.object({ destination: z.object({ subset: z.string().optional() }), weight: z.number().optional() });
const state = z.object({
  deployment: z.object({
    resources: z.array(z.object({ urn: z.string(), type: z.string(), modified: z.string().nullish(), outputs: z.unknown().optional() })).default([]),
  }),
});
const virtualService = z.object({ spec: z.object({ http: z.array(z.object({ match: z.array(z.object({ headers: z.unknown().optional() })).optional(), route: z.array(route).default([]) })).optional(), tcp: z.array(z.object({ route: z.array(route).default([]) })).optional() }) });

/** Weights by revision that the last update gave the cluster, from `pulumi stack export`; empty where no route is there. */
export function appliedWeights(exported: unknown, service: string): Record<string, number> {
  const [traffic] = routesOf(exported, service);
  const parsed = virtualService.safeParse(traffic?.outputs);
  if (!parsed.success) return {};
  const { http = [], tcp = [] } = parsed.data.spec;
  // The last route is the one for everybody: testers' routes, which match a header, stand before it.
  const everybody = [...http, ...tcp].at(-1)?.route ?? [];
  return Object.fromEntries(everybody.flatMap(({ destination: { subset }, weight }) => (subset === undefined ? [] : [[subset, weight ?? (everybody.length === 1 ? 100 : 0)] as const])));
}

/** Unix seconds at which the cluster got the routes that it has; undefined where none is there. */
export function routedAt(exported: unknown, service: string): number | undefined {
  const times = routesOf(exported, service).map(({ modified }) => Date.parse(modified ?? "") / 1000).filter((time) => Number.isFinite(time));
  return times.length === 0 ? undefined : Math.max(...times);
}

function routesOf(exported: unknown, service: string): z.infer<typeof state>["deployment"]["resources"] {
  return state.parse(exported).deployment.resources.filter(({ type, urn }) => type.endsWith(":VirtualService") && urn.includes(`::${service}-traffic-`));
}
