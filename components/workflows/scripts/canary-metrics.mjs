// Judges a service by its health path and by Prometheus, once or for a while. Ends with 0 (healthy), 1 (could not look) or 2 (a limit is broken).
// With WATCH_MINUTES it looks every half minute; one broken limit ends it at once, and so does not knowing for five minutes.
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { table } from "./lib/markdown.mjs";
import { judged } from "./lib/prometheus.mjs";
import { probe } from "./lib/smoke/probe.mjs";

const PAUSE_MS = Number(optional("PAUSE_MS") || 30_000);
const UNKNOWN_LOOKS = 10;

const number = (name) => Number(input(name, /^\d{1,9}(\.\d{1,4})?$/, "a number"));
const of = {
  service: input("SERVICE", /^[a-z][a-z0-9-]*$/, "the name of a service"),
  namespace: input("NAMESPACE", /^[a-z][a-z0-9-]*$/, "the name of a namespace"),
  revision: optional("REVISION") === "" ? undefined : input("REVISION", /^[a-z0-9][a-z0-9.-]*$/, "the name of a revision"),
  window: input("WINDOW", /^\d{1,4}m$/, "minutes such as 5m"),
};
const limits = { errorRatePercent: number("ERROR_RATE_PERCENT"), responseTimeMs: number("RESPONSE_TIME_MS"), successRatePercent: number("SUCCESS_RATE_PERCENT"), leastRequests: number("LEAST_REQUESTS") };
const prometheus = optional("PROMETHEUS_URL") || fail("PROMETHEUS_URL: is not set; without it nobody knows how the service is");
const header = optional("TESTER_HEADER");
const until = Date.now() + Number(optional("WATCH_MINUTES") || 0) * 60_000;

let unknown = 0;
let looks = 0;
for (;;) {
  const checks = await look();
  const refused = checks.filter(({ ok }) => !ok);
  const known = refused.some(({ why }) => why === undefined);
  const over = Date.now() >= until;
  looks++;
  unknown = refused.length > 0 && !known ? unknown + 1 : 0;
  console.log(`look ${looks}: ${refused.length === 0 ? "healthy" : refused.map(({ name, why, value, unit }) => `${name}: ${why ?? `${value.toFixed(2)} ${unit}`}`).join("; ")}`);
  if (known || over || unknown === UNKNOWN_LOOKS) end(checks, refused, known);
  if (over || known || unknown === UNKNOWN_LOOKS) break;
  await new Promise((resolve) => setTimeout(resolve, Math.min(PAUSE_MS, Math.max(0, until - Date.now()))));
}

async function look() {
  const checks = await judged(prometheus, of, limits);
  const health = optional("HEALTH_URL");
  if (health === "") return checks;
  const [name, ...value] = header.split(": ");
  const { status, error } = await probe(health, header === "" ? {} : { headers: { [name]: value.join(": ") } });
  return [{ name: "Health", value: status, limit: 200, unit: "", ok: status === 200, ...(error && { why: error }) }, ...checks];
}

// Too few requests and no answer are reasons not to go on; only a measured breach is a reason to go back.
function end(checks, refused, breach) {
  const rows = checks.map(({ ok, name, value, limit, unit, least, why }) => [ok ? "✅" : "❌", name, why ?? `${Number(value.toFixed(2))} ${unit}`, `${least ? "at least " : ""}${limit} ${unit}`]);
  const verdict = refused.length === 0 ? "healthy" : breach ? "breach" : "unknown";
  summary([`## ${of.service}: ${verdict}`, "", `After ${looks} looks of ${of.window} each.`, "", table(["", "Measure", "Value", "Limit"], rows)].join("\n"));
  setOutput("verdict", verdict);
  for (const { name, value } of checks) if (value !== undefined) setOutput(name.toLowerCase().replace(/\W+/g, "_"), Number(value.toFixed(2)));
  if (refused.length > 0) console.error(refused.map(({ name, why }) => `${name}: ${why ?? "beyond its limit"}`).join("; "));
  process.exitCode = { healthy: 0, breach: 2, unknown: 1 }[verdict];
}
