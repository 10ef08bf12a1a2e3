import { serviceLevel } from "../../components/delivery/service-level.ts";
import type { Release, Strategy } from "../../components/delivery/release-types.ts";
import type { ServiceSettings } from "../../components/delivery/service-settings.ts";
import { Problem } from "../../toolchain/problem.ts";
import { begin } from "./begin.ts";
import type { Begun, Wanted } from "./begin.ts";
import { checkAddress, checkGate, checkImage, policyOf } from "./checked.ts";
import { courseOf, strategyOf } from "./course.ts";
import type { CourseOptions } from "./course.ts";
import { drive } from "./driver.ts";
import { earlierIn } from "./earlier.ts";
import { exitCodeOf } from "./events.ts";
import type { Occurrence } from "./events.ts";
import { checkIndicators, customQueries } from "./indicators.ts";
import { standingOf } from "./standing.ts";
import { prometheus } from "./prometheus.ts";
import { alone, inSession } from "./session.ts";
import type { Session, SessionOptions } from "./session.ts";
import { smokeChecks } from "./smoke.ts";
import type { Member } from "./track.ts";
import { watch } from "./watch.ts";

export interface RolloutOptions extends SessionOptions, CourseOptions {
  /** Image of the one service that is named. */
  image?: string | undefined;
  /** Where the evidence is. @default prometheus of the stack's settings */
  prometheus?: string | undefined;
}

/** `slipway promote`: takes a candidate that waits for somebody to 100 %. It starts nothing. Returns the exit code. */
export async function promote(named: readonly string[], options: RolloutOptions): Promise<number> {
  const services = [...new Set(named)];
  checkImage(options.image);
  const check = (session: Pick<Session, "settings">): void => {
    for (const service of services) courseOf(service, settingsOf(session, service).strategy, settingsOf(session, service).rollout, options);
    checkIndicators(Object.fromEntries(services.map((service) => [service, settingsOf(session, service)])));
    evidence(session, options);
  };
  return alone(services, options, () => inSession(services, options, async (session) => {
    const releases = await session.ports.stack.releases();
    const image = options.image && await session.ports.stack.resolve(services[0] ?? "", options.image);
    const begun = services.map((service): Begun => {
      const settings = settingsOf(session, service);
      const each = inFlight(service, releases[service], settings.strategy, { ...options, image }, session);
      if (each.kind === "candidate") checkGate(service, settings, each.strategy, options);
      return each;
    });
    const strange = begun.findIndex((each) => each.kind === "over" && each.occurrence.event === "failed");
    if (strange >= 0) begun.forEach((each, index) => each.kind === "candidate" && (begun[index] = { kind: "over", occurrence: { event: "failed", message: `is promoted together with ${services[strange]}, which cannot be`, next: session.ports.commandLine("promote", services[index] ?? "") } }));
    const wanted = services.map((service): Wanted => ({ service, usual: settingsOf(session, service).strategy }));
    return exitCodeOf(await driveBegun(wanted, begun, session, { ...options, autoPromote: true }));
  }, { check }));
}

/** The candidate that is to be promoted, or why there is none. */
function inFlight(service: string, release: Release | undefined, usual: Strategy, { image }: RolloutOptions, { ports }: Session): Begun {
  const over = (occurrence: Occurrence): Begun => ({ kind: "over", occurrence });
  if (release === undefined) return over({ event: "failed", message: `${service} has no release yet`, next: "pulumi up" });
  const standing = standingOf(release);
  const { asked, candidate, held, stable } = standing;
  const next = ports.commandLine("status", service);
  if (candidate !== undefined && held !== undefined) return over({ event: "failed", message: `${candidate.id} is held (${held}); resume it first`, next: ports.commandLine("resume", service) });
  if (candidate === undefined) {
    return over(image === undefined || image === stable.image ? { event: "done", image: stable.image, revision: stable.id } : { event: "failed", message: `no release is in flight, and ${stable.image} serves`, next });
  }
  if (image !== undefined && image !== candidate.image) return over({ event: "failed", message: `the candidate is ${candidate.image}, not ${image}`, next });
  return { kind: "candidate", standing, strategy: asked?.strategy ?? usual, updated: false };
}

/** `slipway rollout`: starts or goes on, and drives until nothing is left to do. Returns the exit code. */
export async function rollout(named: readonly string[], options: RolloutOptions): Promise<number> {
  const services = [...new Set(named)];
  checkImage(options.image);
  if (options.image !== undefined && services.length > 1) throw new Problem(`--image: belongs to one service, got ${services.length}; name the images in the stack's file, or release one at a time`);
  const check = (session: Pick<Session, "settings">): Wanted[] => wantedOf(services, session, options);
  return alone(services, options, () => inSession(services, options, async (session) => {
    const wanted = check(session);
    return exitCodeOf(await driveBegun(wanted, await begin(wanted, session.ports), session, options));
  }, { check }));
}

/** @throws Problem where options do not fit the services */
function wantedOf(services: readonly string[], session: Pick<Session, "settings">, options: RolloutOptions): Wanted[] {
  const wanted = services.map((service): Wanted => {
    const { strategy: usual } = settingsOf(session, service);
    return { service, usual, image: options.image, strategy: strategyOf(options, usual) };
  });
  if (options.image === undefined && wanted.some(({ strategy }) => strategy !== undefined)) throw new Problem("--strategy, --first-stage: need --image; write the strategy into the stack's file where a commit names the image");
  for (const { service, strategy = settingsOf(session, service).strategy } of wanted) {
    courseOf(service, strategy, settingsOf(session, service).rollout, options);
    checkGate(service, settingsOf(session, service), strategy, options);
  }
  checkIndicators(Object.fromEntries(services.map((service) => [service, settingsOf(session, service)])));
  evidence(session, options);
  return wanted;
}

async function driveBegun(wanted: readonly Wanted[], begun: readonly Begun[], session: Session, options: RolloutOptions): Promise<Occurrence[]> {
  const over: Occurrence[] = [];
  const members: Member[] = [];
  for (const [index, each] of begun.entries()) {
    const service = wanted[index]?.service ?? "";
    if (each.kind === "over") {
      await session.ports.tell(service, each.occurrence);
      over.push(each.occurrence);
    } else members.push(memberOf(service, each, session, options));
  }
  return [...over, ...(members.length === 0 ? [] : await drive(members, session.ports))];
}

/** One candidate with the gate that watches it. */
function memberOf(service: string, { standing, strategy, updated }: Extract<Begun, { kind: "candidate" }>, session: Session, options: RolloutOptions): Member {
  const settings = settingsOf(session, service);
  const { candidate, since, stable } = standing;
  if (candidate === undefined) throw new RangeError(`${service}: has no candidate, got none; begin the rollout first`);
  const revisions = { stable: stable.id, candidate: candidate.id };
  const level = serviceLevel(service, settings);
  const policy = policyOf(service, settings);
  const url = evidence(session, options);
  return {
    service,
    brought: updated ? candidate.weight : undefined,
    course: courseOf(candidate.id, strategy, settings.rollout, options),
    policy,
    watch: watch({
      level, policy, revisions,
      lookSeconds: settings.rollout.lookSeconds,
      custom: customQueries(settings.rollout.indicators),
      prometheus: prometheus({ url, token: process.env["SLIPWAY_PROMETHEUS_TOKEN"] }),
      earlier: () => earlierIn(session.ports, service, revisions, since),
    }),
    smoke: () => smokeChecks(settings.rollout.smoke),
  };
}

/** Address of Prometheus. @throws Problem when nobody names it */
function evidence({ settings }: Pick<Session, "settings">, { prometheus: named, stack }: RolloutOptions): string {
  const url = named ?? settings.prometheus?.url;
  if (url !== undefined) {
    checkAddress(named === undefined ? "prometheus.url" : "--prometheus", url);
    return url;
  }
  throw new Problem(`prometheus: nobody says where the evidence is; add slipway:prometheus with its url to Pulumi.${stack}.yaml, or name it by --prometheus`);
}

function settingsOf({ settings }: Pick<Session, "settings">, service: string): ServiceSettings {
  const found = settings.services[service];
  if (found === undefined) throw new RangeError(`${service}: is no service of the stack, got nothing; check the name first`);
  return found;
}
