import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { startSandbox } from "../sandbox/server.ts";
import { command } from "../toolchain/command.ts";
import { ensurePulumi } from "../toolchain/pulumi.ts";
import { stackFile, writeFleet } from "./fleet.ts";
import { measure, median } from "./measure.ts";
import type { Measurement } from "./measure.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rounds = Number(process.env["SLIPWAY_BENCH_ROUNDS"] ?? 3);
const work = mkdtempSync(join(tmpdir(), "slipway-bench-"));
const { bin } = await ensurePulumi({ progress: (line) => console.error(line) });

/** A program in a cloud and a state of its own. */
interface Subject {
  project: string;
  stack: string;
  config?: string;
  environment?: Record<string, string>;
}

let rooms = 0;

/** Runs pulumi commands of one subject in a fresh cloud and a fresh state, and measures each. */
async function inRoom<T>(subject: Subject, use: (pulumi: (args: string[]) => Promise<Measurement>, text: (args: string[]) => Promise<string>) => Promise<T>): Promise<T> {
  const folder = join(work, `room-${rooms++}`);
  for (const part of ["cloud", "state", "home"]) mkdirSync(join(folder, part), { recursive: true });
  const server = await startSandbox({ folder: join(folder, "cloud") });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [bin, join(root, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "slipway-sandbox",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DEBUG_PROVIDERS: server.debugProviders,
    ...subject.environment,
  };
  const full = (args: string[]): string[] => [
    join(bin, "pulumi"), ...args, "--stack", subject.stack, "--non-interactive",
    ...(subject.config === undefined || args[0] === "stack" ? [] : ["--config-file", subject.config]),
  ];
  const text = async (args: string[]): Promise<string> => {
    const [program = "", ...rest] = full(args);
    const finished = await command(program, rest, { folder: subject.project, environment: env });
    if (finished.code !== 0) throw new Error(`${args.join(" ")}: exit code ${finished.code}\n${finished.stdout}${finished.stderr}`);
    return finished.stdout;
  };
  try {
    await command(join(bin, "pulumi"), ["stack", "init", subject.stack, "--non-interactive"], { folder: subject.project, environment: env });
    return await use((args) => measure(full(args), { cwd: subject.project, env }), text);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Steps = Record<"preview" | "up" | "unchanged preview" | "unchanged up", Measurement>;

async function steps(subject: Subject): Promise<Steps> {
  return inRoom(subject, async (pulumi) => ({
    preview: await pulumi(["preview"]),
    up: await pulumi(["up", "--yes", "--skip-preview"]),
    "unchanged preview": await pulumi(["preview"]),
    "unchanged up": await pulumi(["up", "--yes", "--skip-preview"]),
  }));
}

interface Exported {
  deployment: { resources: { type: string; custom: boolean; inputs?: unknown }[] };
}

/** The floor of a stack: as many components, and as many resources with inputs of the same size. */
async function floorOf(subject: Subject): Promise<{ floor: Subject; count: number }> {
  const exported: Exported = JSON.parse(await inRoom(subject, async (pulumi, text) => {
    await pulumi(["up", "--yes", "--skip-preview"]);
    return text(["stack", "export"]);
  }));
  const registered = exported.deployment.resources.filter(({ type }) => !type.startsWith("pulumi:"));
  const custom = registered.filter((resource) => resource.custom);
  const sizes = { components: registered.length - custom.length, resources: custom.map(({ inputs }) => JSON.stringify(inputs ?? {}).length) };
  const file = join(work, `floor-${rooms}.json`);
  writeFileSync(file, JSON.stringify(sizes));
  const floor = { project: join(root, "bench", "floor"), stack: "floor", config: join(work, "Pulumi.floor.yaml"), environment: { SLIPWAY_FLOOR: file } };
  return { floor, count: registered.length };
}

const table = new Table({ head: ["stack", "resources", "step", "seconds", "floor", "ratio", "MiB", "floor", "ratio"] });

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

const sandbox: Subject = { project: root, stack: "sandbox", config: join(work, "Pulumi.sandbox.yaml") };
writeFileSync(sandbox.config ?? "", readFileSync(join(root, "Pulumi.sandbox.yaml")));
const services = (count: number): Subject => {
  const config = join(work, `Pulumi.services-${count}.yaml`);
  writeFileSync(config, stackFile(0, count));
  return { project: root, stack: `services-${count}`, config };
};

const starts: number[] = [];
for (let round = 0; round < rounds; round++) starts.push(await firstRegistration(sandbox));
console.log(`program start to first registration: ${Math.round(median(starts))} ms (median of ${rounds})`);
await compare("five systems", sandbox);
await compare("1 service", services(1));
await compare("10 services", services(10));
console.log(table.toString());
await fleet(10, 10);
rmSync(work, { recursive: true, force: true });
