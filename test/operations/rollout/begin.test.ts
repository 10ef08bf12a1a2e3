import { describe, expect, test } from "@jest/globals";
import { begin } from "../../../operations/rollout/begin.ts";
import { BLUE_GREEN, HEALTHY, image, judgement, World } from "./fakes.ts";

function actions(world: World): string[] {
  return world.stack.updates.slice(1).map(({ instructions }) => instructions.map(({ action }) => action).join(" ") || "plain");
}

describe("a beginning", () => {
  test("asks for the image, starts it, and says so", async () => {
    const world = new World();
    const [begun] = await begin(world.wanted(), world.ports);
    const revision = world.stack.candidate();
    expect(begun).toMatchObject({ kind: "candidate", updated: true, strategy: { kind: "canary" }, standing: { candidate: { id: revision, image: image("b"), weight: 10 } } });
    expect(actions(world)).toEqual(["release", "plain"]);
    expect(world.story()).toEqual([{ event: "started", image: image("b"), revision, strategy: "canary", stages: [10, 50, 100], resumed: false }]);
  });

  test("that is called twice is called once", async () => {
    const world = new World();
    await begin(world.wanted(), world.ports);
    const before = structuredClone(world.stack.record);
    const [begun] = await begin(world.wanted(), world.ports);
    expect(begun?.kind).toBe("candidate");
    expect(world.stack.record).toEqual(before);
    expect(actions(world)).toEqual(["release", "plain", "plain"]);
    expect(world.story().at(-1)).toMatchObject({ event: "started", resumed: true });
  });

  test("goes the way that a command asks for, also when the next command says nothing of it", async () => {
    const world = new World();
    await begin([{ service: "shop", image: image("b"), strategy: BLUE_GREEN, usual: world.stack.strategy }], world.ports);
    expect(world.stack.recorded()).toEqual([100, 0]);
    const [begun] = await begin(world.wanted(), world.ports);
    expect(begun).toMatchObject({ kind: "candidate", strategy: BLUE_GREEN });
    expect(world.story().at(-1)).toMatchObject({ strategy: "blue-green", stages: [0, 100] });
  });

  test("without an image starts what a commit names, and is done where that serves", async () => {
    const world = new World();
    const plain = world.wanted().map(({ service, usual }) => ({ service, usual }));
    expect(await begin(plain, world.ports)).toEqual([{ kind: "over", occurrence: { event: "done", image: image("a"), revision: expect.any(String) } }]);
    world.stack.configured["shop"] = image("b");
    expect(await begin(plain, world.ports)).toMatchObject([{ kind: "candidate", standing: { candidate: { image: image("b") } } }]);
    expect(actions(world)).toEqual(["plain", "plain"]);
  });

  test("is done where the image serves, and of a direct release as soon as it is there", async () => {
    const world = new World({ kind: "direct", retain: 1 });
    expect(await begin(world.wanted("a"), world.ports)).toMatchObject([{ occurrence: { event: "done", image: image("a") } }]);
    expect(actions(world)).toEqual(["plain"]);
    expect(await begin(world.wanted("b"), world.ports)).toMatchObject([{ occurrence: { event: "done", image: image("b") } }]);
    expect(world.stack.recorded()).toEqual([100]);
  });

  test("brings what is recorded into the cluster, where a driver was killed before it could", async () => {
    const world = new World();
    await begin(world.wanted(), world.ports);
    world.stack.apply(["shop"], [{ service: "shop", id: world.stack.candidate(), action: "advance", stage: 50 }], "failed");
    expect(world.stack.agrees()).toBe(false);
    expect(await begin(world.wanted(), world.ports)).toMatchObject([{ kind: "candidate", standing: { candidate: { weight: 50 } } }]);
    expect(world.stack.agrees()).toBe(true);
  });

  test("changes nothing where a service was never released", async () => {
    const world = new World();
    const wanted = [...world.wanted(), { service: "cart", usual: world.stack.strategy, image: image("b", "cart") }];
    const occurrence = { event: "failed", message: "cart has no release yet", next: "pulumi up" };
    expect(await begin(wanted, world.ports)).toEqual([{ kind: "over", occurrence }, { kind: "over", occurrence }]);
    expect(actions(world)).toEqual([]);
  });

  test("changes nothing where the stack cannot be read", async () => {
    const world = new World();
    world.stack.unreadable = new Array<Error>(6).fill(new Error("stack test: its outputs cannot be read"));
    expect(await begin(world.wanted(), world.ports)).toEqual([{ kind: "over", occurrence: { event: "failed", message: "stack test: its outputs cannot be read", next: "slipway rollout shop --stack test" } }]);
    expect(actions(world)).toEqual([]);
  });

  test("drives no candidate of another image, which a colleague brought meanwhile", async () => {
    const world = new World();
    const told = world.ports.stack.update.bind(world.stack);
    world.ports.stack.update = async (services, instructions) => {
      if (instructions.length === 0) world.stack.configured["shop"] = image("c");
      return told(services, instructions);
    };
    expect(await begin(world.wanted(), world.ports)).toEqual([{ kind: "over", occurrence: { event: "failed", message: `the candidate is ${image("c")}, not ${image("b")}`, next: "slipway status shop --stack test" } }]);
    expect(world.story()).toEqual([]);
  });

  test("names all that were rolled back where it cannot tell which of them the image is", async () => {
    const world = new World();
    await world.run(() => judgement("breach"));
    await world.run(() => judgement("breach"), { digit: "c" });
    const [c, b] = world.stack.record["shop"]?.rejected.map(({ id }) => id) ?? [];
    expect(await begin(world.wanted("b"), world.ports)).toEqual([{ kind: "over", occurrence: { event: "failed", message: `${image("b")} did not become a candidate; rolled back before were ${c}, ${b}`, next: "slipway status shop --stack test" } }]);
  });

  test("starts an image again that was cleared", async () => {
    const world = new World();
    await world.run(() => judgement("breach"));
    world.stack.apply(["shop"], [{ service: "shop", id: world.stack.record["shop"]?.rejected[0]?.id ?? "", action: "clear" }], "whole");
    expect(await world.run(HEALTHY)).toMatchObject([{ event: "done", image: image("b") }]);
  });

  test("that a colleague's update keeps waiting waits", async () => {
    const world = new World();
    world.stack.fates = ["locked", "locked", "whole", "locked"];
    expect(await begin(world.wanted(), world.ports)).toMatchObject([{ kind: "candidate" }]);
    expect(world.pauses).toEqual([2, 2, 2]);
  });

  test("that cannot record what is asked for fails, and rejects nothing", async () => {
    const world = new World();
    world.stack.fates = new Array<"nothing">(5).fill("nothing");
    expect(await begin(world.wanted(), world.ports)).toEqual([{ kind: "over", occurrence: { event: "failed", message: "no route to host", next: "slipway rollout shop --stack test" } }]);
    expect(world.stack.record["shop"]?.rejected).toEqual([]);
  });

  test("of a candidate that never gets ready costs one wait: it is rolled back as soon as its update says so", async () => {
    const world = new World();
    world.stack.fates = ["whole", "unready"];
    const reason = "its pods are not ready: 1 of 2 pods are available";
    expect(await begin(world.wanted(), world.ports)).toEqual([{ kind: "over", occurrence: { event: "rolled-back", reason, seconds: 6, revision: expect.any(String) } }]);
    expect(actions(world)).toEqual(["release", "plain", "rollback", "plain"]);
    expect([world.stack.recorded(), world.pauses, world.stack.agrees()]).toEqual([[100], [], true]);
  });

  test("of a direct release that never gets ready rejects what it asked for, and what serves goes on", async () => {
    const world = new World({ kind: "direct", retain: 1 });
    world.stack.fates = ["whole", "unready"];
    expect(await begin(world.wanted(), world.ports)).toMatchObject([{ occurrence: { event: "rolled-back", reason: "its pods are not ready: 1 of 2 pods are available" } }]);
    expect([world.stack.recorded(), world.stack.record["shop"]?.revisions[0]?.image]).toEqual([[100], image("a")]);
    expect(await begin(world.wanted(), world.ports)).toMatchObject([{ occurrence: { event: "failed", message: expect.stringContaining("was rolled back: its pods are not ready") } }]);
  });

  test("of a candidate that another run left unready waits for it once more, and rolls it back then", async () => {
    const world = new World();
    world.stack.configured["shop"] = image("b");
    world.stack.apply(["shop"], [], "unready");
    world.stack.fates = ["nothing", "unready"];
    const plain = world.wanted().map(({ service, usual }) => ({ service, usual }));
    expect(await begin(plain, world.ports)).toMatchObject([{ occurrence: { event: "rolled-back" } }]);
    expect(actions(world)).toEqual(["plain", "plain", "plain", "rollback", "plain"]);
  });

  test("of a group takes all of it back when one is never ready", async () => {
    const world = new World(undefined, ["shop", "cart"]);
    world.stack.fates = ["whole", "unready"];
    world.stack.unready.push = function push(...items) {
      return Array.prototype.push.apply(this, items.filter(({ service }) => service === "cart"));
    };
    const why = "its pods are not ready: 1 of 2 pods are available";
    const wanted = world.wanted().map((each) => ({ ...each, image: image("b", each.service) }));
    expect((await begin(wanted, world.ports)).map((each) => each.kind === "over" && each.occurrence)).toMatchObject([
      { event: "rolled-back", reason: `released together with cart: ${why}` }, { event: "rolled-back", reason: why },
    ]);
  });

  test("of a candidate that was there before rejects nothing when its update fails", async () => {
    const world = new World();
    await begin(world.wanted(), world.ports);
    world.stack.fates = new Array<"nothing">(5).fill("nothing");
    expect(await begin(world.wanted(), world.ports)).toMatchObject([{ occurrence: { event: "failed", message: "no route to host" } }]);
    expect(world.stack.recorded()).toEqual([90, 10]);
  });
});
