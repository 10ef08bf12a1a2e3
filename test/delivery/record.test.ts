import { describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { parseReleases } from "../../components/delivery/record-format.ts";
import { readRecorded, recordOf } from "../../components/delivery/record.ts";
import type { RecordInputs } from "../../components/delivery/record.ts";
import type { Decision } from "../../components/delivery/release-types.ts";
import { B, release } from "./fixtures.ts";
import { held, runProgram } from "./program.ts";

const recorded = { shop: release({ candidate: { revision: B, weight: 10, held: "freeze" }, rejected: [{ id: "rx", reason: "errors", at: "2026-11-21T10:00:00.000Z" }] }) };
const todo = "restore the stack's outputs from its history (pulumi stack history, pulumi stack import)";

describe("a record that is read", () => {
  test("is what was written", () => {
    expect(parseReleases(JSON.parse(JSON.stringify(recorded)))).toEqual(recorded);
  });

  test.each([undefined, null])("is empty where there is none: %p", (value) => {
    expect(parseReleases(value)).toEqual({});
  });

  const { shop } = recorded;
  const [stable, candidate] = shop.revisions;
  test.each<[unknown, string]>([
    ["x", `releases: is not a map of services, got "x"; ${todo}`],
    [[], `releases: is not a map of services, got []; ${todo}`],
    [{ shop: {} }, `releases.shop: is not a release, got {}; ${todo}`],
    [{ shop: null }, `releases.shop: is not a release, got null; ${todo}`],
    [{ shop: { ...shop, revisions: [] } }, `releases.shop.revisions: has weights that do not add up to 100, got []; ${todo}`],
    [{ shop: { ...shop, revisions: [stable] } }, `releases.shop.revisions: has weights that do not add up to 100, got [90]; ${todo}`],
    [{ shop: { ...shop, revisions: [candidate, stable] } }, `releases.shop.revisions: is not one stable revision, at most one candidate, and retained ones at 0, got ["candidate","stable"]; ${todo}`],
    [{ shop: { ...shop, revisions: [stable, { ...candidate, role: "retained" }] } }, `releases.shop.revisions: is not one stable revision, at most one candidate, and retained ones at 0, got ["stable","retained"]; ${todo}`],
    [{ shop: { ...shop, stage: { kind: "x" } } }, `releases.shop: is not a release, got {"revisions":[{"id":"ra","image":"ghcr.io/acme/shop@sha256:…; ${todo}`],
    [{ shop: { ...shop, stage: null } }, `releases.shop: is not a release, got {"revisions":[{"id":"ra","image":"ghcr.io/acme/shop@sha256:…; ${todo}`],
    [{ shop: { ...shop, rejected: [{ id: 1 }] } }, `releases.shop: is not a release, got {"revisions":[{"id":"ra","image":"ghcr.io/acme/shop@sha256:…; ${todo}`],
    [{ shop: { ...shop, since: undefined } }, `releases.shop: is not a release, got {"revisions":[{"id":"ra","image":"ghcr.io/acme/shop@sha256:…; ${todo}`],
    [{ shop: { ...shop, revisions: [{ ...stable, weight: 90.5 }] } }, `releases.shop: is not a release, got {"revisions":[{"id":"ra","image":"ghcr.io/acme/shop@sha256:…; ${todo}`],
  ])("is refused when it is damaged: taken for none it would send all traffic to what is desired (%#)", (value, text) => {
    expect(() => parseReleases(value)).toThrow(new RangeError(text));
  });

  const world = (releases: unknown) => ({ outputs: { "pulumi:pulumi:StackReference": { outputs: releases === undefined ? {} : { releases }, secretOutputNames: [] } } });

  test("comes from the stack's own outputs", async () => {
    const { all, result } = await runProgram(async () => (await readRecorded("organization/slipway/test")).releases, world(recorded));
    expect(await result).toEqual(recorded);
    expect(all).toEqual([]);
  });

  test("is read though someone has marked it secret", async () => {
    const secretWorld = { outputs: { "pulumi:pulumi:StackReference": { outputs: { releases: recorded }, secretOutputNames: ["releases"] } } };
    expect(await (await runProgram(async () => (await readRecorded("organization/slipway/test")).releases, secretWorld)).result).toEqual(recorded);
  });

  test("is empty before the first update", async () => {
    expect(await (await runProgram(async () => (await readRecorded("organization/slipway/test")).releases, world(undefined))).result).toEqual({});
  });

  test("is a problem of the run, without a stack trace, when it is damaged", async () => {
    const read = runProgram(async () => (await readRecorded("organization/slipway/test")).releases, world({ shop: {} }));
    await expect(read).rejects.toThrow(new pulumi.RunError(`releases.shop: is not a release, got {}; ${todo}`));
  });
});

describe("a record that is written", () => {
  const digest = `ghcr.io/acme/shop@sha256:${"d".repeat(64)}`;
  const pinned = release({ stable: { ...B, image: digest } });
  const decided = (change: Partial<Decision> = {}): Decision => ({ release: pinned, unproven: false, recordsOnly: false, ...change });

  async function written(inputs: Partial<RecordInputs>, preview = false): Promise<string> {
    let ready: (value: string) => void = () => undefined;
    const pods = new Promise<string>((resolve) => {
      ready = resolve;
    });
    const { result } = await runProgram(async () => {
      const record = recordOf({ decision: decided(), recorded: undefined, instructed: false, images: {}, ready: pulumi.output(pods), ...inputs });
      let before = "waits";
      const value = held(record).then((parts) => {
        before = "is there at once";
        return parts.value;
      });
      await new Promise((resolve) => setImmediate(resolve));
      const when = before;
      ready("");
      return `${when}: ${(await value)?.revisions.map(({ image }) => image).join()}`;
    }, { preview });
    return result;
  }

  test("waits for nothing that a verdict is behind of", async () => {
    expect(await written({})).toBe(`is there at once: ${digest}`);
  });

  test("waits for the pods of a revision that takes all traffic with no verdict", async () => {
    expect(await written({ decision: decided({ unproven: true }) })).toBe(`waits: ${digest}`);
  });

  test("does not wait in an update with an instruction: it leaves the older record, from which all is decided again", async () => {
    const older = release({ stable: { ...B, image: "ghcr.io/acme/shop@sha256:older" } });
    const unproven = decided({ unproven: true });
    expect(await written({ decision: unproven, recorded: older, instructed: true })).toBe("is there at once: ghcr.io/acme/shop@sha256:older");
    expect(await written({ decision: unproven, recorded: undefined, instructed: true })).toBe("is there at once: undefined");
    expect(await written({ decision: { ...unproven, outcome: { kind: "refused", why: "" } }, recorded: older, instructed: true })).toBe("is there at once: ghcr.io/acme/shop@sha256:older");
    expect(await written({ decision: { ...unproven, outcome: { kind: "done" } }, recorded: older, instructed: true })).toBe(`is there at once: ${digest}`);
  });

  test("does not wait in a preview", async () => {
    expect(await written({ decision: decided({ unproven: true }) }, true)).toBe(`is there at once: ${digest}`);
  });

  test("names a build by its digest once it is built", async () => {
    const tag = "ghcr.io/acme/shop:build-0123456789ab";
    const unbuilt = decided({ release: release({ stable: { ...B, image: tag } }) });
    expect(await written({ decision: unbuilt, images: { rb: pulumi.output(Promise.resolve(digest)) } })).toBe(`is there at once: ${digest}`);
    expect(await written({ decision: { ...unbuilt, outcome: { kind: "done" } }, instructed: true })).toBe(`is there at once: ${tag}`);
  });
});
