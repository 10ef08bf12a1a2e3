/** An error's own words. It does not ask `instanceof Error`: errors of another realm are errors too. */
export function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error && typeof error.message === "string" ? error.message : String(error);
}

/** The first line of them. */
export function firstLine(error: unknown): string {
  return (messageOf(error).split("\n")[0] ?? "").replace(/:$/, "");
}

/** True where a system call failed with this code, e.g. `ENOENT`. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return typeof error === "object" && error !== null && "code" in error && codes.some((code) => code === error.code);
}
