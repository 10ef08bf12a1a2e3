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
import { revision, service, split } from "./lab/objects.ts";
import { ONE_CHECKPOINT, Room } from "./room.ts";

const STACKS = ["sandbox", "staging", "production"] as const;
/** The gateway that Gateways select, as others install it: without what binds the lab's to loopback. */
const gateway = ingress({ http: 80, https: 443 }).filter(({ kind }) => kind !== "EnvoyFilter");
const folder = mkdtempSync(join(tmpdir(), "slipway-conformance-"));
const room = new Room(ONE_CHECKPOINT);
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
  expect(await analyze([...all, ...gateway])).toEqual([]);
});

test("what must not pass is refused, by name", async () => {
  const lab = await up(join(folder, "wrong"), { only: ["etcd", "api-server"] });
  try {
    const [config, deployment, rule] = revision("v1");
    const [namespace, account] = service();
    if (!config || !deployment || !rule || !namespace || !account) throw new Error("the objects of a revision are others now");
    const bare = JSON.parse(JSON.stringify(deployment).replace('"allowPrivilegeEscalation":false', '"privileged":true'));
    const refusals = await applyAll(lab, [namespace, config, bare, { ...rule, spec: { ...rule.spec, subset: [] } }], "slipway");
    expect(refusals.map(({ object, said }) => `${object}: ${said.split("\n").join(" ")}`)).toEqual([
      expect.stringContaining("DestinationRule shop/shop-v1: 500 failed to create typed patch object"),
      expect.stringContaining('Pod shop/shop-v1: 403 pods "shop-v1" is forbidden: error looking up service account shop/shop'),
    ]);
    expect(await applyAll(lab, [account, bare], "slipway")).toEqual([
      { object: "Pod shop/shop-v1", said: expect.stringContaining('violates PodSecurity "restricted:latest": privileged') },
    ]);
  } finally {
    await down(lab.folder);
  }
});

test("a route to a subset that nobody declares is found", async () => {
  const remarks = await analyze([...service(), ...revision("v1"), ...split({ v1: 90, lost: 10 }), ...gateway]);
  expect(remarks).toEqual([expect.objectContaining({ code: "IST0101", level: "Error", object: "VirtualService shop/shop" })]);
});
