import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { withLock } from "../toolchain/lock.mjs";
import { Problem } from "../toolchain/problem.ts";
import { say } from "../toolchain/progress.ts";
import type { Progress } from "../toolchain/progress.ts";
import { ensureLab } from "./build.ts";
import { programPath } from "./cache.ts";
import { openLab } from "./folder.ts";
import type { Lab, LabWishes } from "./folder.ts";
import { makers } from "./parts.ts";
import { PARTS } from "./parts/part.ts";
import type { PartName } from "./parts/part.ts";
import { lastWords, logFile, readRecord, running, start } from "./processes.ts";
import { answers } from "./ready.ts";
import { seed } from "./seed.ts";

/** A part that is not ready by then never will be; a machine with other work is slow, not wrong. */
const PATIENCE = 120_000;

export interface UpOptions extends LabWishes {
  /** Parts that are wanted; an API server alone is enough to judge objects. @default all */
  only?: readonly PartName[];
  progress?: Progress;
}

/**
 * Starts what does not run of the lab in a folder, and nothing else: after a part was killed, only that part. Resolves once every part
 * answers. @throws Problem when one does not
 */
export async function up(folder: string, { only = PARTS, progress = say, ...wishes }: UpOptions = {}): Promise<Lab> {
  await ensureLab({ progress });
  mkdirSync(dirname(folder), { recursive: true });
  return withLock(`${folder}.lock`, async () => {
    const lab = await openLab(folder, wishes);
    const began = performance.now();
    const bring = async (name: PartName) => {
      if (only.includes(name) && (await begin(lab, name))) progress(`${name}: ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
    };
    await Promise.all([bring("prometheus"), bring("etcd")]);
    await bring("api-server");
    const furnished = furnish(lab);
    await Promise.all([bring("controllers"), furnished.then(() => Promise.all([bring("agent"), bring("discovery").then(() => bring("gateway"))]))]);
    return lab;
  }, { waiting: (pid) => progress(`process ${pid} is starting or stopping this lab: waiting for it`) });
}

/** The store outlives the server, so that a lab is furnished once. */
async function furnish(lab: Lab): Promise<void> {
  const done = join(lab.folder, "data/furnished");
  if (existsSync(done)) return;
  await seed(lab, programPath("definitions"));
  writeFileSync(done, "");
}

/** Starts a part where it does not run, and waits until it answers. False when it was running and answered. */
async function begin(lab: Lab, name: PartName): Promise<boolean> {
  const { make, program } = makers[name];
  const part = make(lab, program === "node" ? process.execPath : programPath(program));
  const record = readRecord(lab.folder, name);
  const ready = () => (part.ready === undefined ? Promise.resolve(true) : answers(lab, part.ready));
  const runs = record !== undefined && running(record);
  if (runs && (await ready())) return false;
  for (const [path, text] of Object.entries(part.files)) {
    mkdirSync(dirname(join(lab.folder, path)), { recursive: true });
    writeFileSync(join(lab.folder, path), text, { mode: 0o600 });
  }
  const began = runs ? record : await start(lab.folder, name, part.command);
  const end = Date.now() + PATIENCE;
  while (!(await ready())) {
    const reason = !running(began) ? "it ended" : Date.now() > end ? `no answer in ${PATIENCE / 1000} s` : undefined;
    if (reason !== undefined) throw new Problem(`lab: ${name} does not start, got "${reason}"; its last words in ${logFile(lab.folder, name)}:\n${lastWords(lab.folder, name)}`);
    await pause(50);
  }
  return true;
}
