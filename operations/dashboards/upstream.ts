/** What the page may ask Prometheus for: reading numbers and names, nothing that changes or shows its settings. */
const ALLOWED = /^\/api\/v1\/(?:query|query_range|label\/[a-zA-Z_]\w*\/values)$/;

/** Milliseconds until an answer has to be there. */
export const LIMIT_MILLISECONDS = 30_000;
/** Bytes of an answer at most: more would only choke the browser. */
export const LIMIT_BYTES = 32 * 1024 * 1024;
/** Characters of a request's address at most. */
export const LIMIT_ADDRESS = 32 * 1024;

export type Wanted = { kind: "page"; path: string } | { kind: "query"; address: URL } | { kind: "refused"; status: number; error: string };

/** What a request gets. Only this machine's own browser is served: another host's name would be a page that was sent here. */
export function wanted(request: { method?: string | undefined; url?: string | undefined; headers: { host?: string | undefined } }, prometheus: URL, port: number): Wanted {
  const { headers: { host = "" }, method = "", url = "/" } = request;
  if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(host)) return { kind: "refused", status: 403, error: `host: is not this server, got "${host}"; open http://127.0.0.1:${port}/` };
  if (method !== "GET") return { kind: "refused", status: 405, error: `method: is not answered here, got ${method}; use GET` };
  if (url.length > LIMIT_ADDRESS) return { kind: "refused", status: 414, error: `address: is longer than ${LIMIT_ADDRESS} characters; shorten the query` };
  const { pathname, search } = new URL(url, "http://127.0.0.1");
  if (!pathname.startsWith("/api/")) return { kind: "page", path: pathname === "/" ? "index.html" : pathname.slice(1) };
  if (!ALLOWED.test(pathname)) return { kind: "refused", status: 403, error: `path: is not passed on, got "${pathname}"; ask /api/v1/query, /api/v1/query_range or /api/v1/label/<name>/values` };
  return { kind: "query", address: new URL(`${prometheus.pathname.replace(/\/$/, "")}${pathname}${search}`, prometheus) };
}

/** What went wrong on the way to Prometheus, in words for the panel that asked. */
export function upstreamProblem(error: unknown, late: boolean, prometheus: URL, milliseconds: number): { status: number; error: string } {
  if (late) return { status: 504, error: `Prometheus at ${prometheus.origin} has not answered within ${milliseconds / 1000} s; choose a shorter time range` };
  if (error instanceof RangeError) return { status: 502, error: error.message };
  return { status: 502, error: `Prometheus at ${prometheus.origin} cannot be reached; start it, or name another by --prometheus` };
}
