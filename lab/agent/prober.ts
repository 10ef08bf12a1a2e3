import { setTimeout as pause } from "node:timers/promises";
import type { Probe } from "./pod.ts";

/** What a row of answers of one probe amounts to. */
export interface Verdict {
  passed: boolean;
  /** Answers in a row that contradict it. */
  contrary: number;
}

/** The verdict after one more answer: it turns after as many in a row as the probe's threshold says. */
export function judge(verdict: Verdict, answer: boolean, { failureThreshold = 3, successThreshold = 1 }: Probe): Verdict {
  if (answer === verdict.passed) return { passed: verdict.passed, contrary: 0 };
  const contrary = verdict.contrary + 1;
  const threshold = verdict.passed ? failureThreshold : successThreshold;
  return contrary >= threshold ? { passed: answer, contrary: 0 } : { passed: verdict.passed, contrary };
}

/** Asks a startup probe until it passes: false when it failed as often in a row as its threshold says, or was told to stop. */
export async function starting(probe: Probe, ask: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  await wait(probe.initialDelaySeconds ?? 0, signal);
  for (let failures = 0; !signal.aborted && failures < (probe.failureThreshold ?? 3); failures++) {
    if (await ask()) return !signal.aborted;
    await wait(probe.periodSeconds ?? 10, signal);
  }
  return false;
}

/** Asks a probe in its rhythm until `signal` says stop, and tells each change of the verdict; `passed` is what it begins with. */
export async function probing(probe: Probe, passed: boolean, ask: () => Promise<boolean>, changed: (passed: boolean) => void, signal: AbortSignal): Promise<void> {
  let verdict: Verdict = { passed, contrary: 0 };
  await wait(probe.initialDelaySeconds ?? 0, signal);
  while (!signal.aborted) {
    const next = judge(verdict, await ask(), probe);
    if (signal.aborted) return;
    if (next.passed !== verdict.passed) changed(next.passed);
    verdict = next;
    await wait(probe.periodSeconds ?? 10, signal);
  }
}

/** Waits, or ends early when told to stop. */
export async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  await pause(seconds * 1000, undefined, { signal }).catch(() => undefined);
}
