import * as z from "zod";

/** What of a Deployment tells its revision and its image. */
const workload = z.object({
  spec: z.object({
    template: z.object({
      metadata: z.object({ labels: z.object({ version: z.string() }) }),
      spec: z.object({ containers: z.array(z.object({ name: z.string(), image: z.string() })).min(1) }),
    }),
  }),
});

const PHASES = ["", "Initializing", "Initialized", "Waiting", "Progressing", "WaitingPromotion", "Promoting", "Finalising", "Succeeded", "Failed", "Terminating", "Terminated"] as const;

const canary = z.object({
  metadata: z.object({ creationTimestamp: z.string().default("") }),
  spec: z.object({
    suspend: z.boolean().default(false),
    targetRef: z.object({ name: z.string() }),
    analysis: z.object({
      threshold: z.number(), stepWeights: z.array(z.number()).default([]), iterations: z.number().default(0), match: z.array(z.unknown()).default([]),
    }),
  }),
  status: z.object({
    phase: z.enum(PHASES),
    canaryWeight: z.number().default(0),
    failedChecks: z.number().default(0),
    iterations: z.number().default(0),
    lastTransitionTime: z.string().nullish(),
    conditions: z.array(z.object({ type: z.string(), status: z.string().default(""), reason: z.string().default(""), message: z.string().default("") })).default([]),
  }).optional(),
});

/** Where Flagger says that a Canary is; empty before it has looked at it. */
export type FlaggerPhase = (typeof PHASES)[number];

/** A Canary, as far as its progress goes. */
export type CanaryProgress = z.infer<typeof canary>;

/** What runs in a Deployment. */
export interface Running {
  revision: string;
  image: string;
}

/** Objects as the API server gives them. */
export interface FlaggerObjects {
  canary: unknown;
  /** The Deployment of the service's name. */
  target: unknown;
  /** Flagger's copy of it; nothing before there is one. */
  primary?: unknown;
}

export interface FlaggerView {
  canary: CanaryProgress;
  target: Running;
  primary: Running | undefined;
}

/** @throws RangeError naming the object, and what of it was not expected */
export function viewOf(objects: FlaggerObjects): FlaggerView {
  const progress = read(canary, objects.canary, "Canary");
  const running = (value: unknown, what: string): Running => {
    const { metadata, spec } = read(workload, value, what).spec.template;
    const { image = "" } = spec.containers.find(({ name }) => name === progress.spec.targetRef.name) ?? spec.containers[0] ?? {};
    return { revision: metadata.labels.version, image };
  };
  const { name } = progress.spec.targetRef;
  return {
    canary: progress,
    target: running(objects.target, `Deployment ${name}`),
    primary: objects.primary === undefined ? undefined : running(objects.primary, `Deployment ${name}-primary`),
  };
}

function read<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const { data, error } = schema.safeParse(value);
  if (data !== undefined) return data;
  const [issue] = error?.issues ?? [];
  throw new RangeError(`${what}: its ${issue?.path.join(".") || "whole"} is not as Flagger writes it (${issue?.message ?? "nothing"}); look at it with kubectl`);
}
