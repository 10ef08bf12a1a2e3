// Requests to services outside GitHub, bounded in time and size. Errors say who, never the address: it may hold a secret.
const TRIES = 3;
const LONGEST = 1_000_000;

/** `{ status, headers, text }`; limits and outages are tried again, the last answer stands. */
export async function request(url, { timeoutMs = 10_000, pauseMs = 1000, longest = LONGEST, ...options }, who) {
  const { address, authorization } = addressOf(url, who);
  const headers = { ...(authorization && { authorization }), ...options.headers };
  for (let attempt = 1; ; attempt++) {
    const last = attempt === TRIES;
    try {
      const response = await fetch(address, { redirect: "error", ...options, headers, signal: AbortSignal.timeout(timeoutMs) });
      const text = await bounded(response, longest);
      if (last || (response.status !== 429 && response.status < 500)) return { status: response.status, headers: response.headers, text };
    } catch (error) {
      if (last) throw new Error(`${who} gave no answer: ${reasonOf(error)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
  }
}

/** Why a request failed, in words, without the address. */
export function reasonOf(error) {
  if (error?.name === "TimeoutError") return "timed out";
  return error?.cause?.code ?? error?.cause?.message ?? error?.message ?? String(error);
}

/** The text of an answer, at most a million characters of it. */
export async function bounded(response, longest = LONGEST) {
  if (!response.body) return "";
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longest) return text.slice(0, longest);
  }
  return text + decoder.decode();
}

// https://user:password@host is how many services are kept in one secret; fetch takes no such address.
function addressOf(url, who) {
  if (!URL.canParse(url)) throw new Error(`${who}: its address is not a web address`);
  const parsed = new URL(url);
  const { username, password } = parsed;
  parsed.username = parsed.password = "";
  const authorization = username === "" ? undefined : `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}`;
  return { address: parsed, authorization };
}
