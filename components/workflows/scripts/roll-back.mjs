// Goes back to what ran before a deployment that failed. Ends with 0 when it is there: the job has failed already.
import { fail, optional, summary, warn } from "./lib/actions.mjs";
import { withCluster } from "./lib/cluster.mjs";
import { plain } from "./lib/markdown.mjs";

const previous = optional("PREVIOUS");
if (!/^\d{0,9}$/.test(previous)) fail(`PREVIOUS: is not a revision, got ${JSON.stringify(previous.slice(0, 80))}; go back by hand`);

const started = Date.now();
await withCluster(async (cluster) => {
  if (previous === "") return warn(`${cluster.what} ran nothing before: there is nothing to go back to, and what failed is still there`);
  await cluster.undo(previous);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${cluster.what} is back at revision ${previous} after ${seconds} s`);
  summary(`The deployment failed. ${plain(cluster.what)} is back at revision ${previous} after ${seconds} s.`);
});
