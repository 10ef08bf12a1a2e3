import * as z from "zod";
import { serviceSchema } from "../../../settings/schema/service.ts";
import type { ServiceSettings } from "../../../settings/schema/service.ts";
import type { LiveNamespace } from "../namespace/objects.ts";
import type { Around } from "../namespace/settings.ts";
import { fitting } from "../fitting.ts";
import type { Adoption } from "../types.ts";
import { coveredBy } from "./objects.ts";
import type { LiveRevision, LiveService } from "./objects.ts";
import { promisesOf } from "./observability.ts";
import { podsOf } from "./revision.ts";
import type { Pods } from "./revision.ts";
import { splitOf, testedIn, trafficSettings } from "./traffic.ts";

const address = z.object({ spec: z.object({ ports: z.array(z.object({ name: z.string(), appProtocol: z.enum(["http", "http2", "grpc", "tcp"]).default("http") })) }) });
const monitor = z.object({ spec: z.object({ sampleLimit: z.number().default(5000), endpoints: z.array(z.object({ interval: z.string().default("30s") })).min(1) }) });

/** A service's entry, and what of the namespace it covers. The revision under trial is what the configuration asks for; else the stable one. */
export function serviceAdoption(live: LiveNamespace, service: LiveService, around: Around): { adoption: Adoption; covers: string[] } {
  const pods = podsOf(service.name, wanted(service), protocolsOf(service));
  const base = `services.${service.name}`;
  const whole = {
    repository: repositoryOf(pods.image, around),
    namespace: live.namespace.metadata.name,
    image: { from: "digest", reference: pods.image },
    ...pods.settings,
    traffic: trafficSettings(service, pods.settings.ports),
    rollout: { unreadySeconds: patience(pods) },
    observability: { ...promisesOf(service.rules), ...(pods.metrics && { metrics: { ...pods.metrics, ...monitored(service) } }) },
  };
  const fit = fitting(serviceSchema, whole, ["services", service.name]);
  return {
    adoption: {
      entries: [{ section: "services", name: service.name, settings: fit.settings }],
      secrets: pods.secrets.map(({ key, path }) => ({ key, path: `${base}.${path}` })),
      unmanaged: fit.unmanaged.map((each) => ({ ...each, path: `${base}.${each.path}` })),
    },
    covers: coveredBy(service),
  };
}

/** What each live revision runs, by its id: what a release is recorded from. */
export function revisionsOf(service: LiveService): Map<string, Pods> {
  const protocols = protocolsOf(service);
  return new Map(service.revisions.map((revision) => [revision.id, podsOf(service.name, revision, protocols)]));
}

/** The candidate where there is one. */
export function wanted(service: LiveService): LiveRevision {
  const [stable, second] = splitOf(service);
  const candidate = testedIn(service) ?? (second !== undefined && second.weight > 0 ? second.subset : undefined);
  const found = service.revisions.find(({ id }) => id === (candidate ?? stable?.subset)) ?? service.revisions[0];
  if (found === undefined) throw new RangeError(`services.${service.name}: has no revision with pods, got none; look at its Deployments`);
  return found;
}

function protocolsOf(service: LiveService): Map<string, ServiceSettings["ports"][number]["protocol"]> {
  return new Map(address.parse(service.address).spec.ports.map(({ appProtocol, name }) => [name, appProtocol]));
}

/** As the cluster has it, but not fewer seconds than the startup probe allows. */
function patience({ settings: { probes: { startup } }, unreadySeconds }: Pods): number {
  const { failureThreshold = 3, initialDelaySeconds = 0, periodSeconds = 10 } = startup ?? {};
  const allowed = startup === undefined ? 0 : initialDelaySeconds + periodSeconds * failureThreshold;
  return Math.min(3600, Math.max(30, unreadySeconds, allowed));
}

/** The repository that the image is named after: one of the stack's where it has one of that name. */
function repositoryOf(image: string, { repositories }: Around): ServiceSettings["repository"] {
  const name = image.replace(/[@:][^/]*$/, "").split("/").at(-1) ?? "";
  return repositories.has(name) ? name : { external: name };
}

function monitored(service: LiveService): { intervalSeconds?: number; sampleLimit?: number } {
  if (service.monitor === undefined) return {};
  const { endpoints: [endpoint], sampleLimit } = monitor.parse(service.monitor).spec;
  const interval = /^(\d+)s$/.exec(endpoint?.interval ?? "")?.[1];
  return { sampleLimit, ...(interval !== undefined && { intervalSeconds: Number(interval) }) };
}
