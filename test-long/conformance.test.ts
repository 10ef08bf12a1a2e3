import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyze } from "../lab/apply/analyze.ts";
import { applyAll } from "../lab/apply/conformance.ts";
import { declaredObjects } from "../lab/apply/objects.ts";
import { ensureLab } from "../lab/build.ts";
import { down } from "../lab/down.ts";
import { ingress } from "../lab/ingress.ts";
import { up } from "../lab/up.ts";
import type { KubernetesObject } from "../lab/api.ts";
import { Room } from "./room.ts";

const STACKS = ["sandbox", "staging", "production"] as const;
const folder = mkdtempSync(join(tmpdir(), "slipway-conformance-"));
const room = new Room();
const objects: Record<string, KubernetesObject[]> = {};

async function done(args: string[]): Promise<void> {
  const { code, output } = await room.run(args);
  if (code !== 0) throw new Error(`slipway sandbox ${args.join(" ")}: ${output.slice(-2000)}`);
}

beforeAll(async () => {
  await ensureLab();
  for (const stack of STACKS) {
    const file = join(folder, `${stack}.json`);
    await done(["up", "--yes", "--skip-preview", "--stack", stack]);
    await done(["stack", "export", "--show-secrets", "--file", file, "--stack", stack]);
    objects[stack] = declaredObjects(JSON.parse(readFileSync(file, "utf8"))).map(({ object }) => object);
  }
}, 45 * 60_000);
afterAll(async () => {
  room.leave();
  rmSync(folder, { recursive: true, force: true });
});

test.each(STACKS)("the API server takes every Kubernetes object of stack %s, and every pod", async (stack) => {
  const lab = await up(join(folder, stack), { only: ["etcd", "api-server"] });
  try {
    const all = objects[stack] ?? [];
    process.stdout.write(`stack ${stack}: ${all.length} objects applied\n`);
    expect(all.length).toBeGreaterThan(0);
    expect(await applyAll(lab, all, "slipway")).toEqual([]);
  } finally {
    await down(lab.folder);
  }
});

test.each(STACKS)("istioctl finds nothing wrong in stack %s", async (stack) => {
  const all = objects[stack] ?? [];
  expect(await analyze([...all, ...ingress({ http: 80, https: 443 })])).toEqual([]);
});
