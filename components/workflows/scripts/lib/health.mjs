// Whether something answers, and goes on answering.
import { reasonOf } from "./http.mjs";

const STEADY = 3;

/**
 * Asks until it has answered well three times in a row; undefined then, else why the last question failed.
 * @param {() => Promise<string | undefined>} ask undefined for a good answer, else what was wrong
 * @param {{ seconds: number, intervalSeconds: number }} limits
 * @returns {Promise<string | undefined>}
 */
export async function steady(ask, { seconds, intervalSeconds }) {
  const end = Date.now() + seconds * 1000;
  for (let good = 0, wrong = "nothing was asked"; ; ) {
    wrong = await ask();
    good = wrong === undefined ? good + 1 : 0;
    if (good === STEADY) return undefined;
    if (Date.now() + intervalSeconds * 1000 > end) return wrong ?? `answered well only ${good} times in a row`;
    await new Promise((resolve) => setTimeout(resolve, intervalSeconds * 1000));
  }
}

/**
 * One question over HTTP: any answer from 200 to 299 is good.
 * @param {string} url
 * @returns {Promise<string | undefined>}
 */
export async function askUrl(url) {
  try {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response.ok ? undefined : `answered ${response.status}`;
  } catch (error) {
    return reasonOf(error);
  }
}
