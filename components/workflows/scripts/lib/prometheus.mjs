// A service's health as Prometheus knows it from the mesh. No data is not good news: what cannot be told is refused.
import { request } from "./http.mjs";

/** Queries over `window` (such as 5m); a revision narrows them to its own traffic. Times are milliseconds, shares per cent. */
export function queriesOf({ service, namespace, revision, window }) {
  const labels = [
    'reporter="destination"',
    `destination_service_name="${service}"`,
    `destination_service_namespace="${namespace}"`,
    ...(revision === undefined ? [] : [`destination_version="${revision}"`]),
  ];
  const count = (...more) => `sum(increase(istio_requests_total{${[...labels, ...more].join(",")}}[${window}]))`;
  const share = (codes) => `100 * (${count(`response_code=~"${codes}"`)} or vector(0)) / ${count()}`;
  return {
    requests: count(),
    errorRate: share("5..|0"),
    successRate: share("[123].."),
    responseTime: `histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${labels.join(",")}}[${window}])))`,
  };
}

/** The one number that a query gives; throws with a reason where it gives none, several, or one that is not finite. */
export async function valueOf(url, query) {
  const { status, text } = await request(`${url.replace(/\/+$/, "")}/api/v1/query`, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ query }).toString() }, "Prometheus");
  const { data, error, ...answer } = parsed(text, status) ?? {};
  if (status !== 200 || answer.status !== "success") throw new Error(`Prometheus answered ${status}: ${String(error ?? "nothing of use").slice(0, 120)}`);
  if (data?.resultType !== "vector" || !Array.isArray(data.result)) throw new Error("Prometheus answered something that is no vector");
  if (data.result.length === 0) throw new Error("there is no data");
  if (data.result.length > 1) throw new Error(`there are ${data.result.length} series where one was asked for`);
  const value = Number(data.result[0].value?.[1]);
  if (!Number.isFinite(value)) throw new Error(`the value is ${data.result[0].value?.[1]}`);
  return value;
}

/** All measures against their limits: `[{ name, value, limit, unit, ok, why }]`. */
export async function judged(url, of, { errorRatePercent, responseTimeMs, successRatePercent, leastRequests }) {
  const queries = queriesOf(of);
  const measures = [
    { name: "Requests", query: queries.requests, limit: leastRequests, unit: "", least: true },
    { name: "Error rate", query: queries.errorRate, limit: errorRatePercent, unit: "%" },
    { name: "Response time, p95", query: queries.responseTime, limit: responseTimeMs, unit: "ms" },
    { name: "Success rate", query: queries.successRate, limit: successRatePercent, unit: "%", least: true },
  ];
  return await Promise.all(measures.map(async ({ query, ...measure }) => {
    try {
      const value = await valueOf(url, query);
      const ok = measure.least ? value >= measure.limit : value <= measure.limit;
      return { ...measure, value, ok, ...(!ok && measure.name === "Requests" && { why: `${Math.floor(value)} are too few to know` }) };
    } catch (error) {
      return { ...measure, value: undefined, ok: false, why: error.message };
    }
  }));
}

function parsed(text, status) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`Prometheus answered ${status} with something that is no JSON`);
  }
}
