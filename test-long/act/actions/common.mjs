// What the stand-ins share; copied beside each of them.
import { appendFileSync, readFileSync } from "node:fs";

/** The action that this one stands for, as `uses` names it without its version. */
export const uses = readFileSync(new URL("uses.txt", import.meta.url), "utf8");

export function input(name, otherwise = "") {
  return process.env[`INPUT_${name.toUpperCase().replaceAll(" ", "_")}`] || otherwise;
}

/** Everything under `with`. */
export function inputs() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("INPUT_")).map(([name, value]) => [name.slice(6).toLowerCase(), value]));
}

export function setOutput(name, value) {
  appendFileSync(process.env.GITHUB_OUTPUT, `${name}<<END\n${value}\nEND\n`);
}

export function setEnv(name, value) {
  appendFileSync(process.env.GITHUB_ENV, `${name}=${value}\n`);
}

/** A line for the test to read: who was asked, in which job, for what. */
export function record(more = {}) {
  appendFileSync(process.env.ACT_RECORDS, `${JSON.stringify({ uses, job: process.env.GITHUB_JOB, with: inputs(), ...more })}\n`);
}

/** What the test wants this action to answer. */
export function wanted() {
  return JSON.parse(process.env.ACT_ANSWERS || "{}")[uses] ?? {};
}

export function fail(message) {
  console.log(`::error::${message}`);
  process.exit(1);
}
