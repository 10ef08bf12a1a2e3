import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Table from "cli-table3";
import { driftTable } from "./drift.ts";
import { linkProgram, stackFile, writeFleet } from "./fleet.ts";
import { median } from "./measure.ts";
import type { Measurement } from "./measure.ts";
import { root } from "../toolchain/paths.ts";
import { observability } from "./observability.ts";
import { preview } from "./preview.ts";
import { rendering } from "./rendering.ts";
import { rollback } from "./rollback.ts";
import { inRoom, work } from "./room.ts";
import type { Subject } from "./room.ts";
import { floorOf, steps } from "./steps.ts";
import type { Steps } from "./steps.ts";

const rounds = Number(process.env["SLIPWAY_BENCH_ROUNDS"] ?? 3);

const colour = process.stdout.isTTY ? {} : { style: { head: [], border: [] } };
const table = new Table({ ...colour, head: ["stack", "resources", "step", "seconds", "floor", "ratio", "MiB", "floor", "ratio"] });

async function compare(name: string, subject: Subject): Promise<void> {
  const { floor, count } = await floorOf(subject);
  const pairs: [Steps, Steps][] = [];
  for (let round = 0; round < rounds; round++) {
    console.error(`${name}: round ${round + 1} of ${rounds}`);
    pairs.push([await steps(subject), await steps(floor)]);
  }
  for (const step of ["preview", "up", "unchanged preview", "unchanged up"] as const) {
    const of = (side: 0 | 1, what: keyof Measurement): number => median(pairs.map((pair) => pair[side][step][what]));
    const ratio = (what: keyof Measurement): number => median(pairs.map(([ours, its]) => ours[step][what] / its[step][what]));
    table.push([
      name, count, step,
      of(0, "seconds").toFixed(2), of(1, "seconds").toFixed(2), `${ratio("seconds").toFixed(2)}×`,
      of(0, "mebibytes").toFixed(0), of(1, "mebibytes").toFixed(0), `${ratio("mebibytes").toFixed(2)}×`,
    ]);
  }
}

/** Milliseconds from the start of the program's process to its first registration beyond the stack itself. */
async function firstRegistration(subject: Subject): Promise<number> {
  const file = join(work, "first-registration");
  const preload = `--import=${join(root, "bench", "first-registration.mjs")}`;
  const environment = { ...subject.environment, NODE_OPTIONS: preload, SLIPWAY_FIRST_REGISTRATION: file };
  await inRoom({ ...subject, environment }, (pulumi) => pulumi(["preview"]));
  return Number(readFileSync(file, "utf8"));
}

/** The first run on a machine compiles every module; later ones find them compiled. */
async function firstRegistrations(subject: Subject): Promise<string> {
  const cold = await firstRegistration(subject);
  const warm: number[] = [];
  for (let round = 0; round < Math.max(rounds, 3); round++) warm.push(await firstRegistration(subject));
  return `${Math.round(median(warm))} ms (median of ${warm.length}; the first on a machine ${Math.round(cold)} ms)`;
}

/** Services in groups of ten, a stack a group, two stacks at a time. */
async function fleet(groups: number, services: number): Promise<void> {
  const folder = join(work, "fleet");
  const stacks = writeFleet(root, folder, groups, services);
  const began = performance.now();
  const waiting = [...stacks];
  const lane = async (): Promise<void> => {
    for (let stack = waiting.shift(); stack !== undefined; stack = waiting.shift()) {
      await inRoom({ project: folder, stack }, (pulumi) => pulumi(["up", "--yes", "--skip-preview"]));
    }
  };
  await Promise.all([lane(), lane()]);
  console.log(`${groups * services} services as ${groups} stacks, two at a time: up in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

/** The program in a folder of its own, since pulumi writes beside it. */
function linked(name: string, text: string): Subject {
  const project = join(work, name);
  linkProgram(root, project);
  writeFileSync(join(project, `Pulumi.${name}.yaml`), text);
  return { project, stack: name };
}

const sandbox = linked("sandbox", readFileSync(join(root, "Pulumi.sandbox.yaml"), "utf8"));
const services = (count: number): Subject => linked(`services-${count}`, stackFile(0, count));

const rendered = rendering(100);
console.log(`${rendered.repositories} repositories, ${rendered.files} files, rendered in ${Math.round(rendered.milliseconds)} ms`);
console.log(observability());
console.log(preview());
console.log(await driftTable([10, 100, 300]));
console.log(`program start to first registration: ${await firstRegistrations(sandbox)}`);
await compare("five systems", sandbox);
await compare("1 service", services(1));
await compare("10 services", services(10));
console.log(table.toString());
await fleet(10, 10);
if (!process.argv.includes("--without-rollback")) console.log(await rollback());
rmSync(work, { recursive: true, force: true });
