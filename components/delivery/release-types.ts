import type { RevisionSpecification } from "../kubernetes/specification.ts";

/** One revision as it is recorded: whatever is needed to declare it again exactly as it was. */
export interface Revision {
  /** Short hash of image, specification and keyed fingerprints of the secrets; a DNS label. */
  id: string;
  /** Image reference: by digest, or by the tag of a build that has not been recorded as built yet. */
  image: string;
  specification: RevisionSpecification;
  /** The id that the configuration gives this revision, where `slipway adopt` found its pods under another. @default `id` */
  configured?: string | undefined;
}

/** `stable` serves; `candidate` is being tried beside it; `retained` runs at weight 0, ready to take over again. */
export type Role = "stable" | "candidate" | "retained";

export interface RevisionRecord extends Revision {
  role: Role;
  /** Percent of the requests, whole; the weights of a release add up to 100. */
  weight: number;
}

export type Stage = { kind: "settled" } | { kind: "rollout" } | { kind: "held"; reason: string };

export interface Rejection {
  id: string;
  reason: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** The release of one service: the stable revision first, the candidate second, the retained ones newest first. */
export interface Release {
  revisions: RevisionRecord[];
  stage: Stage;
  /** ISO 8601, UTC: when the weights or the stage last changed. */
  since: string;
  /** Newest first. A rejected revision that still carries weight loses it in the next update. */
  rejected: Rejection[];
  /** What operations asked for; absent where the configuration says what is wanted. */
  asked?: Asked | undefined;
}

/** An image that a command named, without a commit. */
export interface Asked {
  /** By digest. */
  image: string;
  /** What the configuration named then: as soon as it names something else, this is forgotten. */
  instead: string;
  /** How it gets its traffic. @default the service's strategy */
  strategy?: Strategy | undefined;
}

/** How a new revision gets its traffic. `retain` counts old revisions that keep running at weight 0, 0 – 5. */
export type Strategy =
  | { kind: "direct"; retain: number }
  | { kind: "canary"; /** Percent: first 5 – 50, after a 0 where testers come first; strictly rising, last 100. */ stages: number[]; retain: number }
  | { kind: "blue-green"; retain: number };

/** What operations ask of one release. It names the revision or the image that it speaks of, so that applying it twice is applying it once. */
export type Instruction = ReleaseInstruction | RevisionInstruction;

export interface ReleaseInstruction {
  service: string;
  action: "release";
  /** By digest, or by a tag that this update looks up. */
  image: string;
  /** @default the service's strategy */
  strategy?: Strategy | undefined;
}

export type RevisionInstruction = { service: string; id: string } & (
  | { action: "advance"; /** Percent that the candidate moves to. */ stage: number }
  | { action: "promote" }
  | { action: "rollback"; reason: string }
  | { action: "hold"; reason: string }
  | { action: "resume" }
  | { action: "clear" }
);

/** `already`: the release was there before. `refused`: it does not apply, and changed nothing. */
export type Outcome = { kind: "done" } | { kind: "already" } | { kind: "refused"; why: string };

export interface Decision {
  release: Release;
  /** What became of the instruction; absent when none was given. */
  outcome?: Outcome;
  /** A revision takes all traffic with no verdict behind it: the record must wait until its pods are ready. */
  unproven: boolean;
  /**
   * A rejection is recorded and nothing else happens: routes stay as the cluster has them. Were the weight taken away in the same
   * update, a kill before the record is written would give it back.
   */
  recordsOnly: boolean;
}
