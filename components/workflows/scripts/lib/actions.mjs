// What a script and the runner tell each other: inputs from the environment, outputs, summaries, annotations.
import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";

/** Ends the step with an annotation that people see on the run's page. */
export function fail(message) {
  console.error(`::error::${escapeData(message)}`);
  process.exit(1);
}

export function warn(message) {
  console.log(`::warning::${escapeData(message)}`);
}

/** A value that the step passed in the environment; every script says what it expects by a pattern. */
export function input(name, pattern, expected) {
  const value = process.env[name] ?? "";
  if (!pattern.test(value)) fail(`${name}: is not ${expected}, got ${JSON.stringify(value.slice(0, 80))}; correct it and run again`);
  return value;
}

/** A value that may be absent; "" then. */
export function optional(name) {
  return process.env[name] ?? "";
}

/** An output of the step. The delimiter is random, so no value can end itself and begin another output. */
export function setOutput(name, value) {
  write("GITHUB_OUTPUT", block(name, value));
}

/** Markdown on the run's page. */
export function summary(markdown) {
  write("GITHUB_STEP_SUMMARY", `${markdown}\n`);
}

/** Until the returned function is called, the runner takes no line of the log for a command: for output of others. */
export function stopCommands() {
  const token = randomUUID();
  console.log(`::stop-commands::${token}`);
  return () => console.log(`::${token}::`);
}

function block(name, value) {
  const end = randomUUID();
  return `${name}<<${end}\n${value}\n${end}\n`;
}

function write(variable, text) {
  const file = process.env[variable];
  if (file) appendFileSync(file, text);
  else console.log(text.trimEnd());
}

function escapeData(text) {
  return String(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
