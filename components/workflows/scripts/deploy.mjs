// Changes what runs in a cluster, waits until it is ready, and asks it until it answers steadily. What was there before is an
// output from the beginning on, so that the next step can go back however this one ended.
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { withCluster } from "./lib/cluster.mjs";
import { askUrl, steady } from "./lib/health.mjs";
import { plain } from "./lib/markdown.mjs";

const limits = { seconds: Number(input("HEALTH_SECONDS", /^\d{1,4}$/, "seconds")), intervalSeconds: Number(optional("INTERVAL_SECONDS") || 5) };
const url = optional("HEALTH_URL");
const path = optional("HEALTH_PATH");
if ((url === "") === (path === "")) fail("HEALTH_URL, HEALTH_PATH: exactly one of them says how to ask whether it is well; set one");

const started = Date.now();
await withCluster(async (cluster) => {
  const previous = await cluster.previous();
  setOutput("previous", previous);
  setOutput("began", "true");
  console.log(previous === "" ? `${cluster.what} is new` : `${cluster.what} is at revision ${previous}`);
  await cluster.change();
  const wrong = await steady(() => ask(cluster), limits);
  if (wrong !== undefined) throw new Error(`it is not well after ${limits.seconds} s: ${wrong}; what ran before comes back`);
  const seconds = Math.round((Date.now() - started) / 1000);
  summary(`${plain(cluster.what)} runs \`${optional("IMAGE")}\` and is well after ${seconds} s.`);
});

async function ask({ kubectl }) {
  if (url !== "") return await askUrl(url);
  return await kubectl("get", "--raw", path).then(() => undefined, (error) => error.message);
}
