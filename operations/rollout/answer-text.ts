/** The beginning of an answer's text, `longest` characters at most, and whether there was more; the rest is never read. */
export async function textUpTo(response: Response, longest: number): Promise<{ text: string; cut: boolean }> {
  if (response.body === null) return { text: "", cut: false };
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longest) return { text: text.slice(0, longest), cut: true };
  }
  return { text: text + decoder.decode(), cut: false };
}

/** Why a request failed, in words: fetch says only that it did, its cause says why. Never the address, which may be a secret. */
export function causeOf(error: unknown): string {
  const cause = of(error, "cause");
  const words = [of(cause, "code"), of(cause, "message"), of(error, "name")].filter((word) => typeof word === "string");
  return words.find((word) => word !== "" && !/https?:/.test(word)) ?? "it failed";
}

function of(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
