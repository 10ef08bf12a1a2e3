// One request as a client sees it: status, body and time until the last byte. Never throws: a failure is an answer too.
import { connect } from "node:tls";
import { bounded, reasonOf } from "../http.mjs";

const HOPS = 5;
const DAY_MS = 86_400_000;

/** `{ ok, status, text, ms, error }`; redirects are followed by hand, so that a loop ends and headers stay at their origin. */
export async function probe(url, { headers = {}, body, timeoutMs = 10_000 } = {}) {
  const started = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    let [address, hop] = [new URL(url), 0];
    const { origin } = address;
    for (;;) {
      const own = address.origin === origin ? headers : {};
      const sent = body === undefined ? { headers: own } : { method: "POST", body, headers: { "content-type": "application/json", ...own } };
      const response = await fetch(address, { ...sent, redirect: "manual", signal });
      const text = await bounded(response);
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || location === null) return { status: response.status, text, ms: performance.now() - started };
      if (++hop > HOPS) return failed(`more than ${HOPS} redirects`, started);
      address = new URL(location, address);
    }
  } catch (error) {
    return failed(reasonOf(error), started);
  }
}

function failed(error, started) {
  return { status: 0, text: "", ms: performance.now() - started, error };
}

/** Days until the certificate ends; `error` where the handshake fails or nobody trusts it. */
export function certificateDays(url, timeoutMs = 10_000) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 443), servername: hostname, timeout: timeoutMs }, () => {
      const end = Date.parse(socket.getPeerCertificate().valid_to);
      socket.end();
      resolve({ days: Math.floor((end - Date.now()) / DAY_MS) });
    });
    socket.on("error", (error) => resolve({ error: error.code ?? error.message }));
    socket.on("timeout", () => socket.destroy(new Error("timed out")));
  });
}
