// GitHub's REST API with what the runner gives: GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY.
const ATTEMPTS = 4;

/** One request; a Buffer goes as it is, any other body as JSON. The answer's JSON, or undefined where there is none. */
export async function api(method, path, body) {
  const { data } = await request(method, path, body);
  return data;
}

/** The text of a release's file. GitHub sends it from a storage, which must not see the token: fetch drops it at the redirect. */
export async function download(path) {
  const headers = { accept: "application/octet-stream", ...(process.env.GITHUB_TOKEN && { authorization: `Bearer ${process.env.GITHUB_TOKEN}` }) };
  const response = await fetch(`${process.env.GITHUB_API_URL ?? "https://api.github.com"}${path}`, { headers });
  if (!response.ok) throw new RequestError("GET", path, response.status, await response.text());
  return await response.text();
}

/** All pages of a list. */
export async function* paginate(path) {
  for (let next = path; next; ) {
    const { data, link } = await request("GET", next);
    yield* Array.isArray(data) ? data : (Object.values(data).find(Array.isArray) ?? []);
    next = /<([^>]+)>; rel="next"/.exec(link ?? "")?.[1];
  }
}

/** `/repos/<owner>/<name>` of the repository that the workflow runs for. */
export function repo() {
  return `/repos/${process.env.GITHUB_REPOSITORY}`;
}

/** Puts a comment on an issue or pull request, or replaces the one that carries the marker. */
export async function upsertComment({ number, marker, body }) {
  const text = `${mark(marker)}\n${body}`;
  for await (const comment of paginate(`${repo()}/issues/${number}/comments?per_page=100`)) {
    if (comment.body?.includes(mark(marker))) return await api("PATCH", `${repo()}/issues/comments/${comment.id}`, { body: text });
  }
  return await api("POST", `${repo()}/issues/${number}/comments`, { body: text });
}

/** Opens an issue, or updates the open one that carries the marker. */
export async function upsertIssue({ marker, title, body, labels = [] }) {
  const text = `${mark(marker)}\n${body}`;
  const open = await findIssue(marker);
  if (open) return await api("PATCH", `${repo()}/issues/${open.number}`, { title, body: text });
  return await api("POST", `${repo()}/issues`, { title, body: text, labels });
}

/** Ends the open issue that carries the marker, with a last comment; nothing where there is none. */
export async function closeIssue({ marker, comment }) {
  const open = await findIssue(marker);
  if (!open) return;
  await api("POST", `${repo()}/issues/${open.number}/comments`, { body: comment });
  await api("PATCH", `${repo()}/issues/${open.number}`, { state: "closed" });
}

/** The open issue that carries the marker. */
export async function findIssue(marker) {
  for await (const issue of paginate(`${repo()}/issues?state=open&per_page=100`)) {
    if (!issue.pull_request && issue.body?.includes(mark(marker))) return issue;
  }
  return undefined;
}

function mark(marker) {
  return `<!-- ${marker.replaceAll("--", "- -")} -->`;
}

async function request(method, path, body) {
  const url = path.startsWith("http") ? path : `${process.env.GITHUB_API_URL ?? "https://api.github.com"}${path}`;
  const headers = {
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
    "user-agent": process.env.GITHUB_REPOSITORY ?? "slipway",
    ...(process.env.GITHUB_TOKEN && { authorization: `Bearer ${process.env.GITHUB_TOKEN}` }),
    ...(body !== undefined && { "content-type": Buffer.isBuffer(body) ? "application/octet-stream" : "application/json" }),
  };
  const content = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, { method, headers, ...(content !== undefined && { body: content }) });
    const text = await response.text();
    if (response.ok) return { data: text === "" ? undefined : JSON.parse(text), link: response.headers.get("link") };
    if (attempt === ATTEMPTS || !mayRetry(method, response)) throw new RequestError(method, path, response.status, text);
    await new Promise((resolve) => setTimeout(resolve, pause(response, attempt)));
  }
}

/** A refused request; `status` says how. */
export class RequestError extends Error {
  constructor(method, path, status, text) {
    super(`${method} ${path} answered ${status}: ${text.slice(0, 300)}`);
    this.status = status;
  }
}

// A limit is always worth waiting for; a broken answer only where asking again does nothing twice.
function mayRetry(method, { status, headers }) {
  const limited = status === 429 || (status === 403 && (headers.get("retry-after") !== null || headers.get("x-ratelimit-remaining") === "0"));
  return limited || (status >= 500 && method !== "POST");
}

function pause({ headers }, attempt) {
  const asked = Number(headers.get("retry-after") ?? 0);
  return Math.min(asked > 0 ? asked * 1000 : 1000 * 2 ** attempt, 60_000);
}
