import type { ImageSettings } from "../images/image-settings.ts";
import { ask, askedNow } from "./ask.ts";
import { decideControlled } from "./controlled-release.ts";
import { controllerOf } from "./engine-settings.ts";
import { decide } from "./release.ts";
import type { Asked, Decision, Instruction, Outcome, Release, Revision } from "./release-types.ts";
import { revisionId } from "./revision-id.ts";
import { specificationOf } from "./service-settings.ts";
import type { ServiceSettings } from "./service-settings.ts";

export interface PlanInputs {
  services: Readonly<Record<string, ServiceSettings>>;
  /** What each service's image is: `resolveImages`. */
  images: Readonly<Record<string, string>>;
  /** What the image is that an instruction asks for, by service. */
  asked: Readonly<Record<string, string>>;
  /** What the last update recorded: `readRecorded`. */
  recorded: Readonly<Record<string, Release>>;
  instructions: readonly Instruction[];
  /** Keyed fingerprint of a config secret's value. */
  fingerprint: (key: string) => string;
  now: Date;
}

/** What the update declares of one service. */
export interface ServicePlan {
  settings: ServiceSettings;
  /** Where the desired image comes from: the settings' own, or by digest where a command asked for another. */
  image: ImageSettings;
  /** What the configuration, or a command instead of it, asks for; it may be rejected and then is not part of the release. */
  desired: Revision;
  /** What the last update recorded; nothing before the first. */
  recorded: Release | undefined;
  decision: Decision;
}

export interface Answer {
  instruction: Instruction;
  outcome: Outcome;
  /** By digest, where it asks for an image by its tag. */
  image?: string | undefined;
}

export interface Plan {
  services: Record<string, ServicePlan>;
  /** What became of each instruction, in their order. */
  answers: Answer[];
}

/** Decides the releases of all services. Several may be instructed in one update, each once: they move together or not at all. */
export function planReleases(inputs: PlanInputs): Plan {
  const services = Object.fromEntries(Object.keys(inputs.services).map((name) => [name, planService(name, inputs)]));
  const answers = inputs.instructions.map((instruction, index) => ({
    instruction, outcome: outcomeOf(instruction, index, inputs, services), ...(instruction.action === "release" && { image: inputs.asked[instruction.service] }),
  }));
  return { services, answers };
}

/** The releases alone, by service: what the update records. */
export function plannedReleases({ services }: Plan): Record<string, Release> {
  return Object.fromEntries(Object.entries(services).map(([name, { decision }]) => [name, decision.release]));
}

/** The revision that the configuration asks for. */
export function desiredRevision(settings: ServiceSettings, image: string, fingerprint: (key: string) => string): Revision {
  const specification = specificationOf(settings);
  const fingerprints = Object.fromEntries(Object.entries(specification.secrets).flatMap(([name, reference]) =>
    ("secret" in reference ? [[name, fingerprint(reference.secret)]] : [])));
  return { id: revisionId({ image, specification, fingerprints }), image, specification };
}

function planService(name: string, { services, images, asked: resolved, recorded, instructions, fingerprint, now }: PlanInputs): ServicePlan {
  const settings = services[name];
  const configured = images[name];
  if (settings === undefined || configured === undefined) throw new RangeError(`services.${name}.image: was not resolved; resolve the images of all services first`);
  const before = recorded[name];
  const asked = askedNow(before, configured);
  const desired = liveAs(desiredRevision(settings, asked?.image ?? configured, fingerprint), before);
  const image: ImageSettings = asked === undefined ? settings.image : { from: "digest", reference: asked.image };
  const instruction = instructions.find(({ service }) => service === name);
  const told = instruction?.action === "release" ? undefined : instruction;
  const plain = controllerOf(settings.rollout) === undefined
    ? decide(desired, before, asked?.strategy ?? settings.strategy, told, now)
    : decideControlled(desired, before, told, now);
  const plan: ServicePlan = { settings, image, desired, recorded: before, decision: { ...plain, release: withAsked(plain.release, asked) } };
  if (instruction?.action !== "release") return plan;
  const { release, outcome } = ask(before, { image: resolved[name] ?? instruction.image, instead: configured, strategy: instruction.strategy });
  return { ...plan, decision: release === undefined ? { ...plan.decision, ...(outcome && { outcome }) } : { release, unproven: false, recordsOnly: true, ...(outcome && { outcome }) } };
}

/** What is wanted, under the id that its pods had before the stack adopted them. */
function liveAs(desired: Revision, recorded: Release | undefined): Revision {
  const adopted = recorded?.revisions.find(({ configured }) => configured === desired.id);
  return adopted === undefined ? desired : { ...desired, id: adopted.id, configured: desired.id };
}

function withAsked({ asked: _, ...release }: Release, asked: Asked | undefined): Release {
  return asked === undefined ? release : { ...release, asked };
}

function outcomeOf({ service }: Instruction, index: number, { instructions }: PlanInputs, plans: Record<string, ServicePlan>): Outcome {
  const plan = plans[service];
  if (plan === undefined) return { kind: "refused", why: `${service} is no service of this stack` };
  if (instructions.findIndex((other) => other.service === service) < index) return { kind: "refused", why: "one update takes one instruction a service" };
  return plan.decision.outcome ?? { kind: "refused", why: "it was not looked at" };
}
