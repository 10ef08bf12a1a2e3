// Starts an image on the runner's network and asks it until it answers steadily; shows its log where it does not.
import { fail, input, optional, stopCommands } from "./lib/actions.mjs";
import { askUrl, steady } from "./lib/health.mjs";
import { output, run } from "./lib/process.mjs";

const image = input("IMAGE", /^[\w][\w./:@-]+$/, "the reference of an image");
const url = input("URL", /^http:\/\/localhost:\d+\/\S*$/, "an address of this runner");
const seconds = Number(input("TIMEOUT_SECONDS", /^\d{1,4}$/, "seconds"));
const pass = input("PASS", /^[\w ]*$/, "a list of environment variables").split(" ").filter((name) => name !== "");

const container = output("docker", "run", "--detach", "--network", "host", ...pass.flatMap((name) => ["--env", name]), image);
const wrong = await steady(() => askUrl(url), { seconds, intervalSeconds: Number(optional("INTERVAL_SECONDS") || 1) });
if (wrong !== undefined) {
  const resume = stopCommands();
  run("docker", "logs", container);
  resume();
}
run("docker", "rm", "--force", container);
if (wrong !== undefined) fail(`${url}: ${wrong} for ${seconds} s; read what the image said above`);
console.log(`${url} answers`);
