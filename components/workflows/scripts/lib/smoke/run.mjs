// A whole smoke test. Where the target does not answer at all, nothing else is asked of it.
import { checksOf } from "./checks.mjs";
import { phasesOf } from "./plan.mjs";

const TIMEOUT_MS = 10_000;

/** `{ passed, checks, skipped }` for a target of the settings. */
export async function smoke({ settings, environment, depth, version, timeoutMs = TIMEOUT_MS, onCheck = () => {} }) {
  const { url, headers } = settings.targets[environment];
  const at = { url, headers, timeoutMs, version, health: settings.health, thresholds: settings.thresholds };
  const checks = [];
  const phases = phasesOf(depth, settings);
  let done = 0;
  for (const phase of phases) {
    const made = await checksOf(phase, at);
    made.forEach(onCheck);
    checks.push(...made);
    done++;
    if (phase.kind === "reach" && made.some(({ ok }) => !ok)) break;
  }
  return { passed: checks.every(({ ok }) => ok), checks, skipped: phases.length - done };
}
