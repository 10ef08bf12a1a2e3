import * as z from "zod";
import type { ServiceSettings } from "../../../settings/schema/service.ts";
import { seconds } from "../namespace/alerts.ts";
import { AS_IT_WAS } from "../namespace/guards.ts";
import type { LiveService } from "./objects.ts";

type Traffic = ServiceSettings["traffic"];
type Ports = ServiceSettings["ports"];

const destination = z.object({ destination: z.object({ subset: z.string() }), weight: z.number().default(100), headers: z.object({ response: z.object({ add: z.record(z.string(), z.string()) }) }).optional() });
const http = z.object({
  name: z.string().default(""),
  match: z.array(z.object({ headers: z.record(z.string(), z.object({ exact: z.string().optional() })).optional() })).default([]),
  route: z.array(destination),
  timeout: z.string().optional(),
  retries: z.object({ attempts: z.number(), perTryTimeout: z.string().optional(), retryOn: z.string().optional() }).optional(),
  mirrorPercentage: z.object({ value: z.number() }).optional(),
});
const virtualService = z.object({ spec: z.object({ http: z.array(http).default([]), tcp: z.array(z.object({ route: z.array(destination) })).default([]) }) });
const gateway = z.object({ spec: z.object({ selector: z.record(z.string(), z.string()), servers: z.array(z.object({ hosts: z.array(z.string()), tls: z.object({ mode: z.string().optional(), credentialName: z.string().optional() }).optional() })) }) });
const source = z.object({ source: z.object({ principals: z.array(z.string()).optional(), namespaces: z.array(z.string()).optional() }) });
const authorization = z.object({ spec: z.object({ rules: z.array(z.object({ from: z.array(source), to: z.array(z.object({ operation: z.object({ ports: z.array(z.string()) }) })).optional() })).default([]) }) });
const rule = z.object({ spec: z.object({ trafficPolicy: z.object({
  loadBalancer: z.object({ consistentHash: z.object({ httpCookie: z.object({ name: z.string(), ttl: z.string() }).optional(), httpHeaderName: z.string().optional(), useSourceIp: z.boolean().optional() }) }).optional(),
  outlierDetection: z.object({ consecutive5xxErrors: z.number(), interval: z.string(), baseEjectionTime: z.string(), maxEjectionPercent: z.number() }).optional(),
}).default({}) }) });

/** The split as the routes have it, in their order: the stable revision first. */
export function splitOf({ routes }: LiveService): { subset: string; weight: number }[] {
  const { http: all, tcp } = virtualService.parse(routes).spec;
  const split = all.find(({ name }) => name.endsWith("-split"))?.route ?? tcp[0]?.route ?? [];
  return split.map(({ destination: { subset }, weight }) => ({ subset, weight }));
}

/** The revision that testers meet: the one under trial. */
export function testedIn({ routes }: LiveService): string | undefined {
  return virtualService.parse(routes).spec.http.find(({ name }) => name.endsWith("-testers"))?.route[0]?.destination.subset;
}

/** How requests reach a service. Testers, mirror and visitors' cookies stand in the routes only while there is a candidate. */
export function trafficSettings(live: LiveService, ports: Ports): Traffic {
  const { http: routes } = virtualService.parse(live.routes).spec;
  const split = routes.find(({ name }) => name.endsWith("-split"));
  const testers = Object.entries(routes.find(({ name }) => name.endsWith("-testers"))?.match[0]?.headers ?? {})[0];
  const policy = live.policy === undefined ? {} : rule.parse(live.policy).spec.trafficPolicy;
  const { outlierDetection: outlier } = policy;
  const { retries } = split ?? {};
  return {
    exposure: exposureOf(live, ports),
    ...(split?.timeout !== undefined && { timeoutSeconds: seconds(split.timeout) }),
    retries: {
      attempts: retries?.attempts ?? 2,
      ...(retries?.perTryTimeout !== undefined && { perTrySeconds: seconds(retries.perTryTimeout) }),
      on: retries?.retryOn?.split(",") ?? ["connect-failure", "refused-stream", "unavailable"],
    },
    ...(outlier && { outlierDetection: {
      consecutiveErrors: outlier.consecutive5xxErrors, intervalSeconds: seconds(outlier.interval), ejectionSeconds: seconds(outlier.baseEjectionTime), maxEjectionPercent: outlier.maxEjectionPercent,
    } }),
    ...(testers?.[1].exact !== undefined && { testers: { header: testers[0], value: testers[1].exact } }),
    ...(split?.mirrorPercentage && { mirror: { percent: split.mirrorPercentage.value } }),
    affinity: affinityOf(policy, split?.route ?? []),
    callers: rulesOf(live).filter(({ to }) => to === undefined).map(({ from: [first] }) => callerOf(first)),
  };
}

function exposureOf(live: LiveService, ports: Ports): Traffic["exposure"] {
  if (live.gateway === undefined) return { kind: "mesh" };
  const { selector, servers: [server] } = gateway.parse(live.gateway).spec;
  const door = rulesOf(live).find(({ to }) => to !== undefined);
  const [, namespace = "istio-system", serviceAccount = "istio-ingressgateway-service-account"] = /\/ns\/(.+)\/sa\/(.+)$/.exec(door?.from[0]?.source.principals?.[0] ?? "") ?? [];
  const number = door?.to?.[0]?.operation.ports[0];
  const port = ports.find((each) => String(each.port) === number)?.name;
  const first = ports.find(({ protocol }) => protocol !== "tcp")?.name;
  return { kind: "gateway", hosts: server?.hosts ?? [], selector, namespace, serviceAccount, tls: tlsOf(server?.tls), ...(port !== undefined && port !== first && { port }) };
}

function tlsOf(tls: { mode?: string | undefined; credentialName?: string | undefined } | undefined): Extract<Traffic["exposure"], { kind: "gateway" }>["tls"] {
  if (tls?.mode === "SIMPLE" && tls.credentialName !== undefined) return { mode: "simple", credential: tls.credentialName };
  if (tls?.mode === "MUTUAL" && tls.credentialName !== undefined) return { mode: "mutual", credential: tls.credentialName };
  return { mode: "plaintext", reason: AS_IT_WAS };
}

function affinityOf({ loadBalancer }: z.infer<typeof rule>["spec"]["trafficPolicy"], route: readonly z.infer<typeof destination>[]): Traffic["affinity"] {
  const hash = loadBalancer?.consistentHash;
  if (hash?.httpCookie) return { kind: "pod", by: { cookie: hash.httpCookie.name, ttlSeconds: seconds(hash.httpCookie.ttl) } };
  if (hash?.httpHeaderName !== undefined) return { kind: "pod", by: { header: hash.httpHeaderName } };
  if (hash?.useSourceIp === true) return { kind: "pod", by: { sourceIp: true } };
  const cookie = route.map(({ headers }) => headers?.response.add["set-cookie"]).find((each) => each !== undefined);
  const [, name] = /^([^=]+)=/.exec(cookie ?? "") ?? [];
  return name === undefined ? { kind: "none" } : { kind: "revision", cookie: name, ttlSeconds: Number(/Max-Age=(\d+)/.exec(cookie ?? "")?.[1] ?? 0) };
}

function rulesOf({ callers }: LiveService): z.infer<typeof authorization>["spec"]["rules"] {
  return callers === undefined ? [] : authorization.parse(callers).spec.rules;
}

function callerOf(from: z.infer<typeof source> | undefined): Traffic["callers"][number] {
  const principals = (from?.source.principals ?? []).flatMap((each) => { const found = /\/ns\/(.+)\/sa\/(.+)$/.exec(each); return found ? [{ namespace: found[1] ?? "", account: found[2] ?? "" }] : []; });
  if (principals.length === 0) return { namespace: from?.source.namespaces?.[0] ?? "" };
  return { namespace: principals[0]?.namespace ?? "", serviceAccounts: principals.map(({ account }) => account) };
}
