import type { Strategy } from "../../components/delivery/release-types.ts";
import { stagesOf } from "../../components/delivery/stages.ts";
import type { Occurrence } from "./events.ts";
import { standingOf } from "./standing.ts";
import type { Standing } from "./standing.ts";
import { routedIn } from "./routed.ts";
import { recorded } from "./recorded.ts";
import type { Ports } from "./track.ts";
import { unreadyIn } from "./unready.ts";
import type { Unready } from "./unready.ts";
import { isLocked, settled } from "./update.ts";
import { rolledBack } from "./words.ts";

/** One service that is to be rolled out. */
export interface Wanted {
  service: string;
  /** By digest or tag; absent: what the configuration names. */
  image?: string | undefined;
  /** Instead of the service's. */
  strategy?: Strategy | undefined;
  /** The service's own. */
  usual: Strategy;
}

/** A candidate that is in flight, or the last word on a service that has none. */
export type Begun = { kind: "candidate"; standing: Standing; strategy: Strategy; /** Whether the cluster has just got what is recorded. */ updated: boolean } | { kind: "over"; occurrence: Occurrence };

const TRIES = { tries: 5 };

/** Asks for the images, starts them, and finds the candidates. Calling it twice is calling it once. */
export async function begin(wanted: readonly Wanted[], ports: Ports): Promise<Begun[]> {
  const services = wanted.map(({ service }) => service);
  const all = services.join(" ");
  const failed = (message: string, next: string) => wanted.map(() => over({ event: "failed", message, next }));
  const before = await standings(services, ports);
  if (typeof before === "string") return failed(before, ports.commandLine("rollout", all));
  const strange = services.find((service) => before[service] === undefined);
  if (strange !== undefined) return failed(`${strange} has no release yet`, "pulumi up");
  const asking = wanted.filter(({ image, service }) => image !== undefined && !isLive(before[service], image));
  const instructions = asking.map(({ image = "", service, strategy }) => ({ action: "release" as const, service, image, ...(strategy && { strategy }) }));
  let unready: Unready[] = [];
  const hopeless = async (since: number): Promise<boolean> => {
    unready = (await unreadyIn(ports, services, since)).filter(({ id, service }) => id !== before[service]?.stable.id);
    return unready.length > 0;
  };
  // A plain update as well where nothing is asked for: it starts what a commit names, and ends what a killed driver began.
  const failure = (instructions.length === 0 ? undefined : await settled(ports, services, instructions, TRIES)) ?? await settled(ports, services, [], { ...TRIES, hopeless });
  const after = await standings(services, ports);
  if (typeof after === "string") return failed(after, ports.commandLine("rollout", all));
  if (failure === undefined) return together(await Promise.all(wanted.map((each) => found(each, before[each.service], after[each.service], ports))), wanted, ports);
  // A candidate that this run brought and that the cluster does not take, such as one that is never ready, must not stay recorded.
  const condemned = unready.length > 0 ? fallen(services, unready, after) : services.flatMap((service) => {
    const { candidate } = after[service] ?? {};
    return candidate === undefined || candidate.id === before[service]?.candidate?.id ? [] : [{ service, id: candidate.id, why: `its update failed: ${failure}` }];
  });
  if (condemned.length === 0 || isLocked(failure) || ports.stopped() !== undefined) return failed(failure, ports.commandLine("rollout", all));
  return rejected(condemned, wanted.map(() => over({ event: "failed", message: failure, next: ports.commandLine("rollout", all) })), wanted, ports);
}

/** One whose pods are not ready takes the candidates of its group along. */
function fallen(services: readonly string[], unready: readonly Unready[], now: Readonly<Record<string, Standing>>): Unready[] {
  return services.flatMap((service) => {
    const own = unready.find((each) => each.service === service);
    const candidate = now[service]?.candidate;
    if (own !== undefined) return [own];
    return candidate === undefined ? [] : [{ service, id: candidate.id, why: `released together with ${unready.map((each) => each.service).join(", ")}: ${unready[0]?.why ?? ""}` }];
  });
}

/** A group in which one did not get to its start falls together. */
async function together(begun: readonly Begun[], wanted: readonly Wanted[], ports: Ports): Promise<Begun[]> {
  const bad = begun.findIndex((each) => each.kind === "over" && each.occurrence.event !== "done");
  const why = `released together with ${wanted[bad]?.service ?? "another"}, which did not start`;
  const started = wanted.flatMap(({ service }, index) => {
    const each = begun[index];
    return each?.kind === "candidate" && each.standing.candidate !== undefined ? [{ service, id: each.standing.candidate.id, why }] : [];
  });
  if (bad < 0 || started.length === 0) return [...begun];
  return rejected(started, begun, wanted, ports);
}

/** Takes these revisions back; of the other services `begun` stays the last word. */
async function rejected(condemned: readonly Unready[], begun: readonly Begun[], wanted: readonly Wanted[], ports: Ports): Promise<Begun[]> {
  const evidence = ports.now();
  const services = wanted.map(({ service }) => service);
  const told = condemned.map(({ id, service, why }) => ({ service, id, action: "rollback" as const, reason: why.slice(0, 500) }));
  const failure = await settled(ports, services, told, { tries: 20 });
  const after = await standings(services, ports);
  const routed = await routedIn(ports, services);
  return wanted.map(({ service }, index): Begun => {
    const own = condemned.find((each) => each.service === service);
    if (own === undefined) return begun[index] ?? over({ event: "failed", message: "it was not begun", next: ports.commandLine("status", service) });
    const rejection = typeof after === "string" ? undefined : after[service]?.rejected.find(({ id }) => id === own.id);
    if (failure !== undefined || rejection === undefined) return over({ event: "failed", message: `it could not be rolled back: ${failure ?? own.why}`, next: ports.commandLine("rollback", service) });
    return over(rolledBack(rejection, routed[service] ?? ports.now(), evidence));
  });
}

async function found({ image, service, usual }: Wanted, before: Standing | undefined, standing: Standing | undefined, ports: Ports): Promise<Begun> {
  const next = ports.commandLine("status", service);
  if (standing === undefined) return over({ event: "failed", message: `${service} has no release any more`, next });
  const { asked, candidate } = standing;
  const meant = (other: string): boolean => image === undefined || [image, asked?.image].includes(other);
  // A driver that died between the two updates of a rollback is finished here.
  const taken = before?.candidate !== undefined && meant(before.candidate.image) ? standing.rejected.find(({ id }) => id === before.candidate?.id) : undefined;
  if (candidate === undefined) return over(taken === undefined ? withoutCandidate(standing, image, service, ports) : rolledBack(taken, ports.now()));
  if (!meant(candidate.image)) return over({ event: "failed", message: `the candidate is ${candidate.image}, not ${image}`, next });
  const strategy = asked?.strategy ?? usual;
  await ports.tell(service, {
    event: "started", image: candidate.image, revision: candidate.id, strategy: strategy.kind, stages: stagesOf(strategy), resumed: before?.candidate?.id === candidate.id,
  });
  return { kind: "candidate", standing, strategy, updated: true };
}

/** Nothing is in flight: the image serves already, or it was rejected before and does not start again by itself. */
function withoutCandidate({ asked, rejected, stable }: Standing, image: string | undefined, service: string, ports: Ports): Occurrence {
  if (image === undefined || [image, asked?.image].includes(stable.image)) return { event: "done", image: stable.image, revision: stable.id };
  const [rejection, ...more] = rejected;
  const next = ports.commandLine("status", service);
  if (rejection === undefined) return { event: "failed", message: `${image} did not become a candidate`, next };
  // Rejections name revisions, and of several nobody can tell here which is the image's.
  if (more.length > 0) return { event: "failed", message: `${image} did not become a candidate; rolled back before were ${rejected.map(({ id }) => id).join(", ")}`, next };
  return { event: "failed", message: `${rejection.id} was rolled back: ${rejection.reason}`, next: `${ports.commandLine("clear", service)} --revision ${rejection.id}` };
}

/** Why they cannot be read, where they cannot. */
async function standings(services: readonly string[], ports: Ports): Promise<Record<string, Standing> | string> {
  const known = await recorded(ports);
  if ("failure" in known) return known.failure;
  const { releases } = known;
  return Object.fromEntries(services.flatMap((service) => (releases[service] === undefined ? [] : [[service, standingOf(releases[service])] as const])));
}

/** Whether the image is already the candidate's, or the stable one's with nothing beside it. A tag may have moved, so it is asked for again. */
function isLive(standing: Standing | undefined, image: string): boolean {
  return standing !== undefined && (standing.candidate?.image === image || (standing.candidate === undefined && standing.stable.image === image));
}

function over(occurrence: Occurrence): Begun {
  return { kind: "over", occurrence };
}
