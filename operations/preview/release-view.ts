import { controllerOf } from "../../components/delivery/engine-settings.ts";
import { withRole } from "../../components/delivery/parts.ts";
import type { Release, RevisionRecord, Strategy } from "../../components/delivery/release-types.ts";
import type { ServiceSettings } from "../../components/delivery/service-settings.ts";
import { nextStage, stagesOf } from "../../components/delivery/stages.ts";

/** What an update does to one service's requests. */
export interface ReleaseView {
  service: string;
  /** `first`: nothing ran before. `takes-all`: at once. `takes-back`: a candidate loses its requests. `ends`: the service goes. */
  does: "first" | "starts-candidate" | "moves" | "takes-all" | "takes-back" | "ends" | "hands-over" | "records";
  revision: string;
  /** By digest, or as the configuration has it. */
  image: string;
  /** Of the revision, per cent, after the update. */
  weight: number;
  /** The one that has the other requests. */
  beside?: string | undefined;
  /** Weights that follow, per cent. */
  stages: number[];
  /** Who lets it rise, and what it takes; absent where nothing is to come. */
  approval?: "first-stage" | "none" | undefined;
  /** From this update to all requests, without anybody's waiting, in seconds. */
  atLeastSeconds?: number | undefined;
  /** For which the old revision is kept running after that, in seconds. */
  bakeSeconds?: number | undefined;
  /** Requests that it meets at each weight before it passes it. */
  minimumRequests?: number | undefined;
  /** Times in which nothing rises: the present one and the next ones. */
  freezes: { from: string; until: string; reason: string }[];
}

type Releases = Readonly<Record<string, Release>>;

/** What becomes of the requests, for each service whose release changes; `settings` are those of the stack's file. */
export function releaseViews(before: Releases, after: Releases, settings: Readonly<Record<string, ServiceSettings>>, now: Date): ReleaseView[] {
  const services = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return services.flatMap((service) => [
    ...[view(service, before[service], after[service], settings[service], now)].filter((each) => each !== undefined),
    ...displaced(service, before[service], after[service]),
  ]);
}

/** A candidate that makes room for another one. */
function displaced(service: string, before: Release | undefined, after: Release | undefined): ReleaseView[] {
  const [had, has] = [before, after].map((release) => (release === undefined ? undefined : withRole(release, "candidate")[0]));
  if (had === undefined || has === undefined || had.id === has.id || after?.revisions.some(({ id, weight }) => id === had.id && weight > 0) === true) return [];
  return [{ service, does: "takes-back", revision: had.id, image: had.image, weight: 0, stages: [], freezes: [] }];
}

function view(service: string, before: Release | undefined, after: Release | undefined, settings: ServiceSettings | undefined, now: Date): ReleaseView | undefined {
  const nothing = { service, stages: [], freezes: [] };
  if (after === undefined) {
    const [stable] = before === undefined ? [] : withRole(before, "stable");
    return stable && { ...nothing, does: "ends", revision: stable.id, image: stable.image, weight: 0 };
  }
  const [stable] = withRole(after, "stable");
  const [candidate] = withRole(after, "candidate");
  if (stable === undefined || (before !== undefined && signature(before) === signature(after))) return undefined;
  const one = { ...nothing, revision: stable.id, image: stable.image, weight: stable.weight };
  if (before === undefined) return { ...one, does: settings && controllerOf(settings.rollout) ? "hands-over" : "first" };
  if (candidate !== undefined) return rising(service, { candidate, stable, before, settings, now });
  const had = before.revisions.find(({ id }) => id === stable.id);
  const lost = withRole(before, "candidate").find(({ id }) => id !== stable.id);
  if (had?.weight === 100) return lost === undefined ? { ...one, does: "records" } : { ...one, does: "takes-back", revision: lost.id, image: lost.image, weight: 0, beside: stable.id };
  if (had?.role === "stable" && lost !== undefined) return { ...one, does: "takes-back", revision: lost.id, image: lost.image, weight: 0, beside: stable.id };
  const [old] = withRole(before, "stable");
  return { ...one, does: settings && controllerOf(settings.rollout) ? "hands-over" : "takes-all", beside: old?.id };
}

interface Rising {
  candidate: RevisionRecord;
  stable: RevisionRecord;
  before: Release;
  settings: ServiceSettings | undefined;
  now: Date;
}

function rising(service: string, { before, candidate, now, settings, stable }: Rising): ReleaseView {
  const had = before.revisions.find(({ id }) => id === candidate.id);
  const rollout = settings?.rollout;
  const strategy = before.asked?.strategy ?? settings?.strategy;
  const stages = strategy === undefined ? [] : remaining(strategy, candidate.weight);
  return {
    service,
    does: had === undefined || had.role === "retained" ? "starts-candidate" : "moves",
    revision: candidate.id, image: candidate.image, weight: candidate.weight, beside: stable.id,
    stages,
    ...(rollout && {
      approval: rollout.approval,
      atLeastSeconds: rollout.dwellSeconds * stages.length,
      bakeSeconds: rollout.bakeSeconds,
      minimumRequests: rollout.minimumRequests,
    }),
    freezes: (rollout?.freezes ?? []).filter(({ until }) => Date.parse(until) > now.getTime()).map(({ from, reason, until }) => ({ from, until, reason })),
  };
}

function remaining(strategy: Strategy, weight: number): number[] {
  const next = nextStage(strategy, weight);
  return next === undefined ? [] : stagesOf(strategy).filter((stage) => stage >= next);
}

function signature({ asked, revisions, stage }: Release): string {
  return JSON.stringify([revisions.map(({ id, image, role, weight }) => [id, image, role, weight]), stage, asked?.image]);
}
