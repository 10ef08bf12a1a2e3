// The command line of a rollout, out of the step's environment, and the credentials of its cluster.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, input, optional } from "./actions.mjs";

const FLAG = /^(true|false)$/;
const LEAVE_AFTER_MINUTES = 330;

/** `{ command, service, stack, image, version, args, commands }`; every value is checked before anything runs. */
export function callOf() {
  const command = input("COMMAND", /^(rollout|promote|rollback)$/, "rollout, promote or rollback");
  const service = input("SERVICE", /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, "the name of a service");
  const stack = input("STACK", /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/, "the name of a stack");
  const version = input("VERSION", /^[0-9A-Za-z][0-9A-Za-z.+-]{0,99}$/, "a version").replace(/^v(?=\d)/, ""); // v1.2.3 and 1.2.3 share an issue
  const image = command === "rollback" ? "" : input("IMAGE", /^[a-z0-9][a-z0-9._:/-]*(:[\w][\w.-]{0,127}|@sha256:[0-9a-f]{64})$/, "an image with its tag or digest");
  const head = [command, service, "--stack", stack];
  const args = [...head, ...(image && ["--image", image]), ...own(command)];
  const line = (words) => ["npm run --silent slipway --", ...words].join(" ");
  return { command, service, stack, version, image, args: [...args, "--json"], commands: { on: line(args), back: line(["rollback", service, "--stack", stack]) } };
}

function own(command) {
  switch (command) {
    case "rollout":
      return [...choice("STRATEGY", "--strategy", /^(direct|canary|blue-green)$/, "direct, canary or blue-green"), ...firstStage(), ...duration(), ...flag("AUTO_PROMOTE", "--auto-promote"), ...leave()];
    case "promote":
      return [...flag("NOW", "--now"), ...duration(), ...leave()];
    default:
      return choice("REASON", "--reason", /^[^\p{Cc}]{1,200}$/u, "one line of at most 200 characters");
  }
}

function choice(name, option, pattern, expected) {
  return optional(name) === "" ? [] : [option, input(name, pattern, expected)];
}

function firstStage() {
  const [option, value] = choice("FIRST_STAGE", "--first-stage", /^\d{1,2}$/, "a whole number from 5 to 50");
  if (option === undefined) return [];
  if (Number(value) < 5 || Number(value) > 50) fail(`FIRST_STAGE: is not a whole number from 5 to 50, got ${JSON.stringify(value)}; correct it and run again`);
  return [option, value];
}

function duration() {
  const [option, value] = choice("DURATION_HOURS", "--duration", /^(?!0+(\.0+)?$)\d{1,3}(\.\d{1,2})?$/, "a number of hours above 0");
  return option === undefined ? [] : [option, `${value}h`];
}

function flag(name, option) {
  return optional(name) !== "" && input(name, FLAG, "true or false") === "true" ? [option] : [];
}

function leave() {
  return ["--leave-after", `${optional("LEAVE_AFTER_MINUTES") === "" ? LEAVE_AFTER_MINUTES : input("LEAVE_AFTER_MINUTES", /^\d{1,4}$/, "whole minutes")}m`];
}

/** The environment of the command; `done` removes what was written for it. */
export function credentials() {
  const { KUBE_CONFIG, GITHUB_TOKEN, GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, GITHUB_ENV, GITHUB_PATH, ...env } = process.env;
  if (!KUBE_CONFIG) return { env, done: () => {} };
  const file = join(env.RUNNER_TEMP ?? ".", `kubeconfig-${process.pid}`);
  writeFileSync(file, plainConfig(KUBE_CONFIG), { mode: 0o600, flag: "wx" });
  return { env: { ...env, KUBECONFIG: file }, done: () => rmSync(file, { force: true }) };
}

// Secrets often hold the file in base64, since it has many lines.
function plainConfig(text) {
  if (/^\s*(apiVersion|kind|clusters|{)/m.test(text)) return text;
  return Buffer.from(text, "base64").toString("utf8");
}
