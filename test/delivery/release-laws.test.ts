import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isRejected, withRole } from "../../components/delivery/parts.ts";
import { nextRelease, REJECTIONS_KEPT } from "../../components/delivery/release.ts";
import type { Release } from "../../components/delivery/release-types.ts";
import { stagesOf } from "../../components/delivery/stages.ts";
import { aSequence, aStrategy } from "./sequences.ts";
import { SPECIFICATION as fixture } from "./fixtures.ts";
import { run, START } from "./stores.ts";
import type { Update } from "./stores.ts";

declare global {
  /** What jest.mutation.config.json asks for: fewer sequences, the same in every run, and played anew by each law. */
  var mutation: { numRuns: number; seed: number } | undefined;
}

const SETTINGS = globalThis.mutation ?? { numRuns: 10_000, seed: Date.now() & 0x7fffffff };
const AFTERWARDS = new Date(START + 1_000_000);

const SEQUENCES = fc.sample(aSequence, SETTINGS);
// Played once for all laws; a law that fails is run again under fast-check, which shrinks the sequence and prints its seed.
const PLAYED = globalThis.mutation === undefined ? play() : undefined;

// A law is only held against the mutants that its own test reaches, so under mutation each one plays for itself.
function play(): readonly Update[] {
  return SEQUENCES.flatMap((sequence) => [...run(sequence)]);
}

/** Checks a law after every update of ten thousand sequences. */
function law(name: string, holds: (update: Update) => void): void {
  test(name, () => {
    try {
      (PLAYED ?? play()).forEach(holds);
    } catch (broken) {
      fc.assert(fc.property(aSequence, (sequence) => [...run(sequence)].forEach(holds)), SETTINGS);
      throw broken;
    }
  });
}

function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

function one(release: Release, role: "stable" | "candidate") {
  return withRole(release, role)[0];
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

describe("whatever happens,", () => {
  law("weights add up to 100, with one stable revision, at most one candidate, and retained ones at 0", ({ decision: { release } }) => {
    must(release.revisions.reduce((sum, { weight }) => sum + weight, 0) === 100, "sum");
    must(release.revisions.every(({ weight }) => Number.isInteger(weight) && weight >= 0), "whole");
    must(withRole(release, "stable").length === 1 && release.revisions[0]?.role === "stable", "stable");
    must(withRole(release, "candidate").length <= 1, "candidate");
    must(withRole(release, "retained").every(({ weight }) => weight === 0), "retained");
    must(new Set(release.revisions.map(({ id }) => id)).size === release.revisions.length, "unique");
  });

  law("a stage other than settled means that there is a candidate", ({ decision: { release } }) => {
    must((release.stage.kind === "settled") === (one(release, "candidate") === undefined), "stage");
  });

  law("the first deployment goes straight to 100", ({ before, step, decision: { release } }) => {
    if (before === undefined) must(same(release.revisions, [{ id: step.desired.id, image: step.desired.image, role: "stable", weight: 100, specification: step.desired.specification }]), "first");
  });

  law("a revision keeps the image and the specification that it was recorded with", ({ before, decision: { release } }) => {
    for (const { id, image, specification } of before?.revisions ?? []) {
      const kept = release.revisions.find((revision) => revision.id === id);
      must(kept === undefined || same([kept.image, kept.specification], [image, specification]), `kept ${id}`);
    }
  });

  law("a new candidate starts at the first stage", ({ before, step, decision: { release } }) => {
    const candidate = one(release, "candidate");
    if (candidate === undefined || before === undefined || one(before, "candidate")?.id === candidate.id) return;
    must(candidate.id === step.desired.id && candidate.weight === stagesOf(step.strategy)[0], "start");
  });

  law("no more revisions are retained than the strategy says, but the heir of a rejected one", ({ step, decision: { release, recordsOnly } }) => {
    if (recordsOnly) return;
    const heir = isRejected(release.rejected, release.revisions[0]?.id ?? "") ? 1 : 0;
    must(withRole(release, "retained").length <= Math.max(step.strategy.retain, heir), "retain");
  });

  law("the list of rejections is bounded", ({ decision: { release } }) => {
    must(release.rejected.length <= REJECTIONS_KEPT + release.revisions.length + 1, "bounded");
    must(new Set(release.rejected.map(({ id }) => id)).size === release.rejected.length, "unique");
  });

  law("the record survives its own JSON", ({ decision: { release } }) => {
    must(same(JSON.parse(JSON.stringify(release)), release), "json");
  });

  law("the time moves only with a weight, a role, the stage or a verdict", ({ before, decision: { release } }) => {
    const sign = ({ revisions, stage, rejected }: Release): unknown => [stage, revisions.map(({ id, role, weight }) => [id, role, weight, isRejected(rejected, id)])];
    if (before !== undefined) must((before.since === release.since) === same(sign(before), sign(release)), "since");
  });
});

describe("a plain update", () => {
  law("never changes a weight of a release in flight", ({ instruction, before, step, decision: { release } }) => {
    if (instruction !== undefined || before === undefined || one(before, "candidate")?.id !== step.desired.id) return;
    const judgedLive = before.revisions.some(({ id, role }) => role !== "retained" && isRejected(before.rejected, id));
    const live = ({ revisions }: Release): unknown => revisions.filter(({ role }) => role !== "retained");
    must(judgedLive || same(live(before), live(release)), "in flight");
  });

  law("that follows a whole one with the same settings changes nothing", ({ step, before, decision: { release } }) => {
    if (before === undefined) return;
    const settled = nextRelease(step.desired, release, step.strategy, undefined, AFTERWARDS);
    must(same(nextRelease(step.desired, settled, step.strategy, undefined, AFTERWARDS), settled), "fixed point");
  });

  law("cancels the candidate when the stable revision is desired again", ({ instruction, before, step, decision: { release } }) => {
    if (instruction !== undefined || before === undefined || one(before, "stable")?.id !== step.desired.id) return;
    must(isRejected(before.rejected, step.desired.id) || (one(release, "stable")?.weight === 100 && one(release, "candidate") === undefined), "cancelled");
  });

  law("never starts a rejected revision", ({ instruction, before, step, decision: { release } }) => {
    if (instruction?.action === "clear" || before === undefined || !isRejected(before.rejected, step.desired.id)) return;
    const live = release.revisions.some(({ id }) => id === step.desired.id);
    must(!live || before.revisions.some(({ id }) => id === step.desired.id), "started");
  });

  law("keeps a rejected revision only where nothing else may run", ({ before, instruction, decision: { release, recordsOnly } }) => {
    if (before === undefined || instruction?.action === "clear" || recordsOnly) return;
    const condemned = before.revisions.filter(({ id }) => isRejected(before.rejected, id)).map(({ id }) => id);
    const left = release.revisions.filter(({ id }) => condemned.includes(id));
    must(left.length === 0 || (left.length === 1 && left[0]?.role === "stable"), "condemned");
    must(left.length === 0 || before.revisions.every(({ id }) => condemned.includes(id)), "something else ran");
  });
});

describe("with updates that are killed or fail half-way,", () => {
  law("no update gives a revision more traffic than its last verdict allowed", ({ cluster: [before, after], allowed, decision: { release } }) => {
    const alone = release.revisions.length === 1 ? release.revisions[0]?.id : undefined;
    for (const [id, weight] of after) {
      const most = Math.max(allowed.get(id) ?? 0, before.get(id) ?? 0);
      must(weight <= most || id === alone, `${id} has ${weight} of ${most}`);
    }
  });

  law("a plain update leaves a revision no more traffic than its last verdict allows, but one that nobody can replace", ({ step, decision: { release, recordsOnly }, cluster: [, after], allowed }) => {
    if (recordsOnly || step.fate === "failed" || step.fate === "nothing") return;
    const alone = release.revisions.length === 1 ? release.revisions[0]?.id : undefined;
    for (const [id, weight] of after) must(weight <= (allowed.get(id) ?? 0) || id === alone, `${id} has ${weight} of ${allowed.get(id)}`);
  });

  law("a rejection is recorded before its weight is taken away", ({ instruction, decision: { release, outcome, recordsOnly }, before }) => {
    if (instruction?.action !== "rollback" || outcome?.kind !== "done" || before === undefined) return;
    must(recordsOnly && isRejected(release.rejected, instruction.id), "recorded");
    must(same(release.revisions, before.revisions) && same(release.stage, before.stage), "all else stays");
  });

  law("one plain update brings the cluster to what the record allows", ({ step, decision: { release } }) => {
    const next = nextRelease(step.desired, release, step.strategy, undefined, AFTERWARDS);
    for (const { id, weight } of next.revisions) {
      if (weight > 0 && next.revisions.length > 1) must(!isRejected(next.rejected, id), `${id} still has ${weight}`);
    }
  });
});

describe("an instruction", () => {
  law("applied twice is applied once: the second is a plain update", ({ step, instruction, decision: { release, outcome } }) => {
    if (outcome === undefined || outcome.kind === "refused") return;
    const again = nextRelease(step.desired, release, step.strategy, instruction, AFTERWARDS);
    must(same(again, nextRelease(step.desired, release, step.strategy, undefined, AFTERWARDS)), "idempotent");
  });

  law("that is refused does what a plain update does", ({ step, instruction, before, decision: { release, outcome } }) => {
    if (instruction === undefined || outcome?.kind !== "refused") return;
    must(same({ ...nextRelease(step.desired, before, step.strategy, undefined, AFTERWARDS), since: "" }, { ...release, since: "" }), "refused");
  });

  law("is answered", ({ instruction, decision: { outcome } }) => {
    must((instruction === undefined) === (outcome === undefined), "answered");
  });
});

test("a driver that advances through the stages and promotes ends settled on the desired revision, for every strategy", () => {
  fc.assert(fc.property(aStrategy, (strategy) => {
    const [a, b] = ["ra", "rb"].map((id) => ({ id, image: id, specification: fixture }));
    if (a === undefined || b === undefined) return;
    let release = nextRelease(b, nextRelease(a, undefined, strategy, undefined, AFTERWARDS), strategy, undefined, AFTERWARDS);
    for (const stage of stagesOf(strategy)) release = nextRelease(b, release, strategy, { service: "shop", id: "rb", action: "advance", stage }, AFTERWARDS);
    release = nextRelease(b, release, strategy, { service: "shop", id: "rb", action: "promote" }, AFTERWARDS);
    expect(release.revisions.map(({ id, weight }) => [id, weight])).toEqual(strategy.retain > 0 ? [["rb", 100], ["ra", 0]] : [["rb", 100]]);
  }));
});

test("the sequences reach every situation", () => {
  const updates = PLAYED ?? play();
  const count = (met: (update: Update) => boolean): number => updates.filter(met).length;
  const done = (action: string) => ({ instruction, decision: { outcome } }: Update): boolean => instruction?.action === action && outcome?.kind === "done";
  const often = {
    ...Object.fromEntries(["advance", "promote", "rollback", "hold", "resume", "clear"].map((action) => [action, count(done(action))])),
    killed: count(({ step }) => step.fate === "killed"),
    failed: count(({ step }) => step.fate === "failed"),
    inFlight: count(({ before }) => before !== undefined && one(before, "candidate") !== undefined),
    stableRejected: count(({ before }) => before !== undefined && isRejected(before.rejected, before.revisions[0]?.id ?? "")),
    recordAhead: count(({ decision: { release }, cluster: [, after] }) => release.revisions.some(({ id, weight }) => weight !== (after.get(id) ?? 0))),
  };
  for (const [situation, times] of Object.entries(often)) must(times > SETTINGS.numRuns / 2000, `${situation}: ${times}`);
});
