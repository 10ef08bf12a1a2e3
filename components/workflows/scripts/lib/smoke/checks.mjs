// The phases of a smoke test; each gives checks: `{ name, ok, value, limit, detail }`, with texts for people.
import { traffic } from "./load.mjs";
import { certificateDays, probe } from "./probe.mjs";

const LEAST_DAYS = 7;

/** Runs one phase. `at` has what all share: the target's address and headers, what is expected, thresholds, version. */
export async function checksOf(phase, at) {
  switch (phase.kind) {
    case "reach":
      return [await expected("Answers", { path: at.health, status: 200, json: {} }, at)];
    case "certificate":
      return at.url.startsWith("https:") ? [await certificate(at)] : [];
    case "endpoint":
      return [await expected(`${phase.endpoint.body === undefined ? "GET" : "POST"} ${phase.endpoint.path}`, phase.endpoint, at)];
    default:
      return await load(phase, at);
  }
}

async function expected(name, { path, status, json, body }, { url, headers, timeoutMs, version }) {
  const answer = await probe(new URL(path, url), { headers, body, timeoutMs });
  const value = answer.error ?? `status ${answer.status}`;
  if (answer.status !== status) return { name, ok: false, value, limit: `status ${status}` };
  const wrong = Object.entries(json).flatMap(([field, wanted]) => difference(answer.text, field, wanted === "{version}" ? version : wanted));
  return { name, ok: wrong.length === 0, value, limit: `status ${status}`, detail: wrong.join("; "), ms: Math.round(answer.ms) };
}

function difference(text, field, wanted) {
  let value;
  try {
    value = field.split(".").reduce((inside, key) => (Object.hasOwn(Object(inside), key) ? inside[key] : undefined), JSON.parse(text));
  } catch {
    return [`the body is no JSON: ${text.slice(0, 60)}`];
  }
  return value === wanted ? [] : [`${field} is ${JSON.stringify(value)?.slice(0, 60)}, and not ${JSON.stringify(wanted)}`];
}

async function certificate({ url, timeoutMs }) {
  const { days, error } = await certificateDays(url, timeoutMs);
  return { name: "Certificate", ok: error === undefined && days >= LEAST_DAYS, value: error ?? `${days} days left`, limit: `${LEAST_DAYS} days` };
}

async function load({ name, memory, ...bounds }, at) {
  const before = memory && (await memoryOf(memory, at));
  const measured = await traffic(new URL(at.health, at.url), { ...bounds, headers: at.headers, timeoutMs: at.timeoutMs, status: 200 });
  const after = memory && (await memoryOf(memory, at));
  const { errorRate, successRate, p95, errors } = measured;
  const { errorRatePercent, successRatePercent, responseTimeMs } = at.thresholds;
  return [
    { name: `${name}: errors`, ok: errorRate <= errorRatePercent, value: `${errorRate.toFixed(1)} %`, limit: `${errorRatePercent} %`, detail: errors.join("; "), measured },
    { name: `${name}: successes`, ok: successRate >= successRatePercent, value: `${successRate.toFixed(1)} %`, limit: `at least ${successRatePercent} %` },
    { name: `${name}: p95`, ok: p95 <= responseTimeMs, value: `${Math.round(p95)} ms`, limit: `${responseTimeMs} ms`, detail: `${measured.requests} requests, ${measured.perSecond.toFixed(1)}/s, p50 ${Math.round(measured.p50)} ms, p99 ${Math.round(measured.p99)} ms` },
    ...(memory ? [growth(`${name}: memory`, before, after, memory.growthPercent)] : []),
  ];
}

/** The sum of a series at the metrics endpoint; undefined where it is not there: no data is not good news. */
async function memoryOf({ path, series }, { url, headers, timeoutMs }) {
  const { status, text } = await probe(new URL(path, url), { headers, timeoutMs });
  const lines = status === 200 ? text.split("\n").filter((line) => line.startsWith(`${series} `) || line.startsWith(`${series}{`)) : [];
  const values = lines.map((line) => Number(line.slice(series.length).replace(/^\{.*\}/, "").trim().split(/\s+/)[0]));
  const sum = values.reduce((total, value) => total + value, 0);
  return values.length > 0 && Number.isFinite(sum) && sum > 0 ? sum : undefined;
}

function growth(name, before, after, limit) {
  if (before === undefined || after === undefined) return { name, ok: false, value: "no data", limit: `${limit} % more` };
  const percent = (100 * (after - before)) / before;
  return { name, ok: percent <= limit, value: `${percent.toFixed(1)} % more`, limit: `${limit} % more`, detail: `${Math.round(before / 1024 ** 2)} MiB, then ${Math.round(after / 1024 ** 2)} MiB` };
}
