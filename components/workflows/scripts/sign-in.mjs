// Lets other programs sign in as this run, with the identity that GitHub vouches for. Without an argument it writes the token for the
// backend's cloud and the cluster's kubeconfig where they are looked for; with --exec it answers kubectl, whose tokens live for minutes.
import { chmodSync, writeFileSync } from "node:fs";
import { fail, input, optional } from "./lib/actions.mjs";

const CLOUD = "sts.amazonaws.com";
const CLUSTER = "kubernetes";
/** What a kubeconfig may not hold: it would be a credential that nobody renews. */
const CREDENTIALS = /^\s*(?:- )?(token|client-key-data|client-key|password):/m;

if (process.argv[2] === "--exec") {
  const status = { token: await identity(CLUSTER), expirationTimestamp: new Date(Date.now() + 4 * 60_000).toISOString() };
  console.log(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status }));
} else {
  const config = optional("KUBE_CONFIG");
  const [, credential] = CREDENTIALS.exec(config) ?? [];
  if (credential !== undefined) fail(`KUBE_CONFIG: holds a credential, got a ${credential}; let exec call node components/workflows/scripts/sign-in.mjs --exec instead`);
  keep("TOKEN_FILE", await identity(CLOUD));
  if (config !== "") keep("KUBECONFIG", config);
  console.log(`signed in for ${CLOUD}${config === "" ? "" : `; the cluster is asked as ${CLUSTER}`}`);
}

/** The run's token for one audience; the job needs id-token: write. */
async function identity(audience) {
  const url = new URL(input("ACTIONS_ID_TOKEN_REQUEST_URL", /^https?:\/\/./, "the address of the run's tokens, which a job with id-token: write has"));
  url.searchParams.set("audience", audience);
  const response = await fetch(url, { headers: { authorization: `Bearer ${optional("ACTIONS_ID_TOKEN_REQUEST_TOKEN")}` }, signal: AbortSignal.timeout(30_000) });
  if (!response.ok) fail(`the run's token for ${audience}: GitHub gives none, got ${response.status}; run this again, and see https://www.githubstatus.com where it stays`);
  const { value } = await response.json();
  if (process.argv[2] !== "--exec") console.log(`::add-mask::${value}`);
  return value;
}

function keep(name, text) {
  const file = input(name, /^\/./, "where the file belongs");
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600);
}
