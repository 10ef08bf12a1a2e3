import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { markVariable } from "../toolchain/leftovers.ts";
import { PARTS } from "../lab/parts/part.ts";
import type { PartName } from "../lab/parts/part.ts";
import { labMark, readRecord } from "../lab/processes.ts";
import { statusOf } from "../lab/status.ts";
import { ensureLab } from "../lab/build.ts";
import { Mesh, until } from "./lab/mesh.ts";
import { revision, service, split } from "./lab/objects.ts";

let mesh: Mesh;

/** The processes of the lab, whoever started them. */
function processes(): number[] {
  const marked = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(`${markVariable}=${labMark(mesh.lab.folder)}`);
    } catch {
      return false;
    }
  };
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && marked(name)).map(Number);
}

const pids = () => Object.fromEntries(PARTS.map((part) => [part, readRecord(mesh.lab.folder, part)?.pid]));

async function states(): Promise<Record<string, string>> {
  return Object.fromEntries((await statusOf(mesh.lab)).map(({ part, state }) => [part, state]));
}

const answering = async () => (await mesh.send({ requests: 20 })).failed === 0;

beforeAll(async () => {
  await ensureLab();
  const began = performance.now();
  mesh = await Mesh.open();
  process.stdout.write(`the lab was up after ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
  await mesh.apply([...service(), ...revision("v1"), ...split({ v1: 100 })]);
  await until("the pods are ready", async () => (await mesh.status("shop-v1")).readyReplicas === 2, 120);
  await until("the gateway answers", answering);
}, 45 * 60_000);
afterAll(() => mesh?.close());

test("every part of a lab that is up is ready", async () => {
  expect(new Set(Object.values(await states()))).toEqual(new Set(["ready"]));
});

test.each<PartName>(["prometheus", "discovery", "api-server", "etcd", "gateway", "controllers", "agent"])("a killed %s is noticed, and up starts it alone", async (part) => {
  const before = pids();
  process.kill(before[part] ?? 0, "SIGKILL");
  await until("it is noticed", async () => (await states())[part] === "crashed");
  // Requests flow through the gateway to the pods; nothing else is needed for them.
  if (!["gateway", "agent"].includes(part)) expect(await answering()).toBe(true);
  await mesh.again();
  expect(new Set(Object.values(await states()))).toEqual(new Set(["ready"]));
  const after = pids();
  expect(PARTS.filter((name) => before[name] !== after[name])).toEqual([part]);
  await until("the gateway answers", answering);
  // What is changed now still arrives, so every part found the others again.
  const name = `after-${part}`;
  await until("a new revision is ready", async () => {
    try {
      await mesh.apply(revision(name, {}, 1));
      return (await mesh.status(`shop-${name}`)).readyReplicas === 1;
    } catch {
      return false;
    }
  });
  await mesh.apply(split({ [name]: 100 }));
  await until("it gets the requests", async () => (await mesh.send({ requests: 10 })).byVersion[name] === 10);
  await mesh.apply(split({ v1: 100 }));
  await until("they go back", async () => (await mesh.send({ requests: 10 })).byVersion["v1"] === 10);
});

test("a lab that goes down leaves no process and no file", async () => {
  expect(processes().length).toBeGreaterThan(PARTS.length);
  await mesh.close();
  expect(processes()).toEqual([]);
  expect(existsSync(mesh.lab.folder)).toBe(false);
});
