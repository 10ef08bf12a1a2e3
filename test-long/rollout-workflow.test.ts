import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { join } from "node:path";
import { scriptRoom } from "../test/workflows/script-room.ts";
import type { Ran, ScriptRoom } from "../test/workflows/script-room.ts";
import { OneService } from "./one-service.ts";
import { fakeMesh } from "./rollout/fake-mesh.ts";
import type { FakeMesh } from "./rollout/fake-mesh.ts";

let shop: OneService;
let mesh: FakeMesh;
let room: ScriptRoom;

beforeAll(async () => {
  shop = new OneService({ rollout: "{ dwellSeconds: 0, bakeSeconds: 0, minimumRequests: 50 }" });
  mesh = await fakeMesh(() => shop.weights(), 200);
  shop.configure("a");
  expect((await shop.up()).code).toBe(0);
  room = scriptRoom();
  // In place of npm: the same driver, in the embedded cloud and over the mesh of figures.
  room.program("npm", `[[ "$1 $2 $3 $4" == "run --silent slipway --" ]]
[[ "$5" == rollback ]] || set -- "$@" --prometheus "$MESH"
exec "${process.execPath}" toolchain/cli.ts "\${@:5}" --sandbox`);
});

afterAll(() => {
  mesh.close();
  shop.leave();
});

function image(digit: string): string {
  return `ghcr.io/acme/shop@sha256:${digit.repeat(64)}`;
}

/** What the step of a canary workflow runs. */
function step(environment: Record<string, string>): Promise<Ran> {
  return room.run("rollout.mjs", {
    COMMAND: "rollout", SERVICE: "shop", STACK: "sandbox", VERSION: "1.2.3", ENVIRONMENT: "canary", IMAGE: image("b"), STACK_FOLDER: shop.folder,
    SLIPWAY_SANDBOX_DIR: join(shop.folder, "box"), MESH: mesh.url, ...environment,
  });
}

test("a canary workflow's step starts a release of the real driver, waits for approval, and another one promotes it", async () => {
  const held = await step({ FIRST_STAGE: "20" });
  expect([held.code, held.outputs["state"], held.outputs["reason"], held.outputs["weight"]]).toEqual([0, "held", "approval", "20"]);
  expect(Object.values(shop.weights())).toEqual([80, 20]);
  const promoted = await step({ COMMAND: "promote", NOW: "true" });
  expect([promoted.code, promoted.outputs["state"], promoted.outputs["image"]]).toEqual([0, "done", image("b")]);
  expect(Object.values(shop.weights())).toEqual([100]);
});

test("its step of a rollback brings a candidate back and says so", async () => {
  expect((await step({ IMAGE: image("c") })).outputs["state"]).toBe("held");
  const back = await step({ COMMAND: "rollback", REASON: "customers complain" });
  expect([back.code, Object.values(shop.weights())]).toEqual([0, [100]]);
  const status = await shop.slipway(["status", "shop", "--stack", "sandbox", "--sandbox", "--json"]);
  expect(JSON.parse(status.output.slice(status.output.indexOf("{")))).toMatchObject({ stable: { image: image("b"), weight: 100 }, candidate: null, rejected: [{ reason: "customers complain" }] });
});
