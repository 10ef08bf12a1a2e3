import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackFile } from "../bench/fleet.ts";
import { OneService } from "./one-service.ts";
import type { Finished } from "./one-service.ts";

const NAMES: Record<string, string> = { "service-0-0": "shop", "service-0-1": "shop-api", "service-0-2": "cart" };
const AT = ["--stack", "sandbox", "--sandbox"];

let room: OneService;

function done({ code, output }: Finished): void {
  if (code !== 0) throw new Error(`exit code ${code}:\n${output}`);
}

/** Documents of the cloud that belong to others than the service, by their paths. */
function others(): Record<string, string> {
  return Object.fromEntries(Object.entries(room.documents()).filter(([path]) => !path.startsWith("kubernetes/shop/")));
}

async function outputs(): Promise<{ releases: Record<string, unknown>; systems: Record<string, unknown> }> {
  const { output } = await room.slipway(["sandbox", "stack", "output", "--json"]);
  return JSON.parse(output.slice(output.indexOf("{")));
}

beforeAll(async () => {
  room = new OneService();
  const text = Object.entries(NAMES).reduce((file, [name, other]) => file.replaceAll(name, other), stackFile(0, 3));
  writeFileSync(join(room.folder, "Pulumi.sandbox.yaml"), text);
  done(await room.up());
}, 120_000);

afterAll(() => room?.leave());

test("a driver's update declares its service alone, and leaves everything else as it is", async () => {
  const [before, said] = [others(), await outputs()];
  const image = `ghcr.io/acme/shop@sha256:${"b".repeat(64)}`;
  done(await room.slipway(["rollout", "shop", ...AT, "--image", image, "--prometheus", "http://127.0.0.1:9", "--leave-after", "1s", "--json"]));
  expect(Object.values(room.weights())).toEqual([90, 10]);
  expect(others()).toEqual(before);
  const now = await outputs();
  expect({ ...now.releases, shop: undefined }).toEqual({ ...said.releases, shop: undefined });
  expect({ ...now.systems, shop: undefined }).toEqual({ ...said.systems, shop: undefined });
  done(await room.slipway(["sandbox", "preview", "--expect-no-changes"]));
  done(await room.slipway(["rollback", "shop", ...AT, "--json"]));
  expect(others()).toEqual(before);
  done(await room.slipway(["sandbox", "preview", "--expect-no-changes"]));
}, 180_000);

test("what a driver said of its update changes nothing of another one that hears it", async () => {
  const before = room.documents();
  done(await room.up({ SLIPWAY_TARGETED: JSON.stringify({ by: 1, services: ["shop"] }) }));
  done(await room.up({ SLIPWAY_TARGETED: JSON.stringify({ by: process.pid + 100_000, services: ["shop"] }) }));
  expect(room.documents()).toEqual(before);
}, 120_000);
