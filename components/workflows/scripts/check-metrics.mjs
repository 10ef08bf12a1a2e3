// Asks each endpoint of ENDPOINTS for its metrics: they can be read, the wanted ones are there, and no label grows without end.
import { fail, optional, summary } from "./lib/actions.mjs";
import { readExposition } from "./lib/exposition.mjs";
import { forbiddenLabel } from "./lib/labels.mjs";
import { request } from "./lib/http.mjs";
import { table } from "./lib/markdown.mjs";

const endpoints = JSON.parse(optional("ENDPOINTS"));
const forbidden = optional("LABELS").split(",").filter((label) => label !== "");
const results = [];
for (const endpoint of endpoints) results.push({ url: endpoint.url, problems: await problemsOf(endpoint) });

summary(`### Metrics endpoints\n\n${table(["Endpoint", "Result"], results.map(({ url, problems }) => [url, problems.join("; ") || "good"]))}`);
const bad = results.filter(({ problems }) => problems.length > 0);
if (bad.length > 0) fail(bad.map(({ url, problems }) => `${url}: ${problems.join("; ")}`).join("\n"));
console.log(`${results.length} endpoints answer`);

async function problemsOf({ url, metrics: wanted = [] }) {
  try {
    const { status, text, headers } = await request(url, {}, url);
    if (status !== 200) return [`answers ${status}`];
    if (!/^(text\/plain|application\/openmetrics-text)/.test(headers.get("content-type") ?? "")) return ["answers no metrics by its content type"];
    const { metrics, labels, problems } = readExposition(text);
    const absent = wanted.filter((name) => ![name, `${name}_total`, `${name}_count`].some((form) => metrics.has(form)));
    const endless = [...labels].filter(([label]) => forbiddenLabel(label, forbidden) !== undefined);
    return [...problems.slice(0, 5), ...(metrics.size === 0 ? ["has no metric"] : []), ...absent.map((name) => `lacks ${name}`), ...endless.map(([label, metric]) => `${metric} has the label ${label}`)];
  } catch (error) {
    return [error.message];
  }
}
