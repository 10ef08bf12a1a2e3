import type { Strategy } from "../../components/delivery/release-types.ts";
import { stagesOf } from "../../components/delivery/stages.ts";
import type { Occurrence } from "./events.ts";
import { standingOf } from "./standing.ts";
import type { Standing } from "./standing.ts";
import type { Ports } from "./track.ts";
import { settled } from "./update.ts";

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
export type Begun = { kind: "candidate"; standing: Standing; strategy: Strategy } | { kind: "over"; occurrence: Occurrence };

const TRIES = { tries: 5 };

/** Asks for the images, starts them, and finds the candidates. Calling it twice is calling it once. */
export async function begin(wanted: readonly Wanted[], ports: Ports): Promise<Begun[]> {
  const services = wanted.map(({ service }) => service);
  const before = await standings(services, ports);
  const strange = services.find((service) => before[service] === undefined);
  if (strange !== undefined) return wanted.map(() => over({ event: "failed", message: `${strange} has no release yet`, next: "pulumi up" }));
  const asking = wanted.filter(({ image, service }) => image !== undefined && !isLive(before[service], image));
  const instructions = asking.map(({ image = "", service, strategy }) => ({ action: "release" as const, service, image, ...(strategy && { strategy }) }));
  // A plain update as well where nothing is asked for: it starts what a commit names, and ends what a killed driver began.
  const failure = (instructions.length === 0 ? undefined : await settled(ports, services, instructions, TRIES)) ?? await settled(ports, services, [], TRIES);
  if (failure !== undefined) return wanted.map(({ service }) => over({ event: "failed", message: failure, next: ports.commandLine("rollout", service) }));
  const after = await standings(services, ports);
  return Promise.all(wanted.map((each) => found(each, before[each.service], after[each.service], ports)));
}

async function found({ image, service, usual }: Wanted, before: Standing | undefined, standing: Standing | undefined, ports: Ports): Promise<Begun> {
  if (standing === undefined) return over({ event: "failed", message: `${service} has no release any more`, next: ports.commandLine("status", service) });
  if (standing.candidate === undefined) return over(withoutCandidate(standing, image, service, ports));
  const { candidate, asked } = standing;
  const strategy = asked?.strategy ?? usual;
  await ports.tell(service, {
    event: "started", image: candidate.image, revision: candidate.id, strategy: strategy.kind, stages: stagesOf(strategy), resumed: before?.candidate?.id === candidate.id,
  });
  return { kind: "candidate", standing, strategy };
}

/** Nothing is in flight: the image serves already, or it was rejected before and does not start again by itself. */
function withoutCandidate({ asked, rejected: [rejection], stable }: Standing, image: string | undefined, service: string, ports: Ports): Occurrence {
  if (image === undefined || [image, asked?.image].includes(stable.image)) return { event: "done", image: stable.image, revision: stable.id };
  if (rejection === undefined) return { event: "failed", message: `${image} did not become a candidate`, next: ports.commandLine("status", service) };
  return { event: "failed", message: `${rejection.id} was rolled back: ${rejection.reason}`, next: `${ports.commandLine("clear", service)} --revision ${rejection.id}` };
}

async function standings(services: readonly string[], { stack }: Ports): Promise<Record<string, Standing>> {
  const releases = await stack.releases();
  return Object.fromEntries(services.flatMap((service) => (releases[service] === undefined ? [] : [[service, standingOf(releases[service])] as const])));
}

/** Whether the image is already the candidate's, or the stable one's with nothing beside it. A tag may have moved, so it is asked for again. */
function isLive(standing: Standing | undefined, image: string): boolean {
  return standing !== undefined && (standing.candidate?.image === image || (standing.candidate === undefined && standing.stable.image === image));
}

function over(occurrence: Occurrence): Begun {
  return { kind: "over", occurrence };
}
