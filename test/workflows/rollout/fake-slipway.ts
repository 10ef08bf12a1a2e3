import { scriptRoom } from "../script-room.ts";
import type { Ran, ScriptRoom } from "../script-room.ts";
import type { GitHub } from "./github.ts";

export const IMAGE = `ghcr.io/acme/shop@sha256:${"a".repeat(64)}`;

const at = "2026-11-21T12:00:00Z";
export const started = { at, event: "started", image: IMAGE, strategy: "canary", stages: [10, 25, 50, 100], resumed: false };
export const stage = (number: number, weight: number): object => ({ at, event: "stage", stage: number, weight });
export const gate = (verdict: string, samples: number, value: number | null): object => ({ at, event: "gate", verdict, samples, indicators: [{ name: "error rate", value, limit: 5, unit: "%" }] });
export const held = (reason: string, weight: number): object => ({ at, event: "held", reason, weight, next: "npm run slipway -- promote shop" });
export const rolledBack = { at, event: "rolled-back", reason: "error rate of 12.4 % is above 5 %", seconds: 4.2 };
export const done = { at, event: "done", image: IMAGE };

interface Ending {
  exit?: number;
  /** Code that ends it in another way. */
  then?: string;
  /** Between the script and the driver: npm itself, or what npm would start. @default short */
  npm?: "real" | "short";
}

/** A stack's folder whose `slipway` prints these lines, notes how it was called, and ends as it is told. */
export function fakeSlipway(lines: readonly (object | string)[], { exit = 0, then = "", npm = "short" }: Ending = {}): ScriptRoom {
  const room = scriptRoom();
  if (npm === "short") room.program("npm", '[[ "$1 $2 $3 $4" == "run --silent slipway --" ]]\nexec node slipway.mjs "${@:5}"');
  room.write("stack/package.json", JSON.stringify({ name: "stack", version: "1.0.0", type: "module", scripts: { slipway: "node slipway.mjs" } }));
  room.write("stack/lines", lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
  room.write("stack/slipway.mjs", `
    import { existsSync, readFileSync, writeFileSync } from "node:fs";
    const { KUBECONFIG, KUBE_CONFIG, GITHUB_TOKEN, GITHUB_OUTPUT, PULUMI_CONFIG_PASSPHRASE } = process.env;
    const kubeConfig = KUBECONFIG && existsSync(KUBECONFIG) ? readFileSync(KUBECONFIG, "utf8") : undefined;
    writeFileSync("called.json", JSON.stringify({ args: process.argv.slice(2), kubeConfig, KUBE_CONFIG, GITHUB_TOKEN, GITHUB_OUTPUT, PULUMI_CONFIG_PASSPHRASE, KUBECONFIG }));
    process.stdout.write(readFileSync("lines", "utf8") + "\\n", () => { ${then === "" ? `process.exitCode = ${exit};` : then} });
  `);
  return room;
}

/** How the fake was called. */
export function called(room: ScriptRoom): { args: string[]; KUBECONFIG?: string } & Record<string, unknown> {
  return JSON.parse(room.read("stack/called.json"));
}

export function runRollout(room: ScriptRoom, env: Record<string, string> = {}, gitHub?: GitHub): Promise<Ran> {
  const asked = { COMMAND: "rollout", SERVICE: "shop", STACK: "production", VERSION: "1.2.3", ENVIRONMENT: "canary", IMAGE };
  return room.run("rollout.mjs", { ...asked, ...gitHub?.env, ...env });
}
