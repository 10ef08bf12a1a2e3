/**
 * A lock is a folder that holds its owner's process id, so that two runs at once wait for each other and a run that died is
 * noticed. Plain JavaScript because the bootstrap needs it before any package is installed.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

let claims = 0;

/** The fields of /proc/<pid>/stat behind the name: state first; none where the system does not say. */
function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

/** When a process began, in the kernel's ticks; "" where the system does not say. Tells a reused process id from its first owner. */
export function processStart(pid) {
  return stat(pid)[19] ?? "";
}

/** Threads of a process that its kernel still knows. */
function threads(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}

/**
 * True while a process of that id runs, whoever owns it; one that only waits for its parent to notice its end does not. A process whose first
 * thread is gone still has its files and ports until the last one is.
 */
export function alive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  return stat(pid)[0] !== "Z" || threads(pid) > 1;
}

function owner(folder) {
  try {
    const [pid = "", start = ""] = readFileSync(join(folder, "owner"), "utf8").trim().split(" ");
    return { pid: Number(pid), start };
  } catch {
    return undefined;
  }
}

function live(holder) {
  return holder !== undefined && alive(holder.pid) && (holder.start === "" || holder.start === processStart(holder.pid));
}

/** Takes the lock if nobody has it: a folder renamed into place carries its owner from its first moment. */
function claim(folder) {
  const own = `${folder}.${process.pid}.${++claims}`;
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "owner"), `${process.pid} ${processStart(process.pid)}\n`);
  try {
    renameSync(own, folder);
    return true;
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (error.code === "ENOTEMPTY" || error.code === "EEXIST") return false;
    throw error;
  }
}

/** Away in one step: of a folder that is emptied first, another process could take the place before it is gone. */
function remove(folder) {
  const gone = `${folder}.${process.pid}.${++claims}`;
  try {
    renameSync(folder, gone);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  rmSync(gone, { recursive: true, force: true });
}

/** Removes a lock whose owner is dead; one without an owner is being released or taken at this moment. */
function removeDead(folder) {
  const holder = owner(folder);
  if (holder !== undefined && !live(holder)) remove(folder);
}

/** Clears a dead owner's lock. Only one process at a time may, or the second would clear the first one's new lock. */
function clearStale(folder) {
  const guard = `${folder}.takeover`;
  if (!claim(guard)) return removeDead(guard);
  removeDead(folder);
  remove(guard);
}

/**
 * Runs `work` while holding the lock at `folder`; waits for a live owner, takes over from a dead one.
 * `waiting` is called once, with the owner's process id, when there is somebody to wait for. `patience` is how long, in milliseconds.
 */
export async function withLock(folder, work, { waiting = () => {}, interval = 200, patience = Infinity } = {}) {
  mkdirSync(dirname(folder), { recursive: true });
  let told = false;
  const began = performance.now();
  while (!claim(folder)) {
    const holder = owner(folder);
    const taken = live(holder);
    if (!taken) clearStale(folder);
    if (taken && !told) waiting(holder.pid);
    told ||= taken;
    if (performance.now() - began > patience) throw new Error(`${folder}: process ${holder?.pid ?? "unknown"} keeps the lock`);
    await pause(taken ? interval : 1);
  }
  try {
    return await work();
  } finally {
    remove(folder);
  }
}
