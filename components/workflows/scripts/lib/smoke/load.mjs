// Traffic of a known size, and what it tells.
import { probe } from "./probe.mjs";

/** Sends until all requests are out or the time is over; at least one. A request that runs at the end is waited for. */
export async function traffic(url, { requests, concurrency, seconds, headers, status, timeoutMs }) {
  const until = performance.now() + seconds * 1000;
  const answers = [];
  let sent = 0;
  const worker = async () => {
    while (sent < requests && (sent === 0 || performance.now() < until)) {
      sent++;
      answers.push(await probe(url, { headers, timeoutMs }));
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { ...measures(answers, status), perSecond: answers.length / ((performance.now() - started) / 1000) };
}

/** Shares in per cent and times in milliseconds. An error is no answer or a 5xx; a success is the expected status. */
export function measures(answers, expected) {
  const share = (of) => (100 * answers.filter(of).length) / answers.length;
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    requests: answers.length,
    errorRate: share(({ status }) => status === 0 || status >= 500),
    successRate: share(({ status }) => status === expected),
    p50: percentile(times, 50),
    p95: percentile(times, 95),
    p99: percentile(times, 99),
    errors: [...new Set(answers.flatMap(({ error, status }) => (error !== undefined ? [error] : status === expected ? [] : [`status ${status}`])))].slice(0, 5),
  };
}

/** Nearest rank, of times in ascending order: a time that some request really took. */
export function percentile(times, rank) {
  return times[Math.max(0, Math.ceil((rank / 100) * times.length) - 1)];
}
