import { readFileSync } from "node:fs";

/** One request as the app saw it. */
export interface Logged {
  /** Seconds since 1970. */
  at: number;
  revision: string;
  failed: boolean;
  milliseconds: number;
}

/** Statuses that docs/observability.md calls the server's fault, written down a second time. */
const FAULTS = new Set(["2", "4", "12", "13", "14", "15"]);

export function readLog(path: string): Logged[] {
  return readFileSync(path, "utf8").trimEnd().split("\n").map((line) => {
    const [at = "", revision = "", status = "", grpc = "", milliseconds = ""] = line.split(" ");
    return { at: Number(at) / 1000, revision, failed: Number(status) >= 500 || FAULTS.has(grpc), milliseconds: Number(milliseconds) };
  });
}

/** The requests that ended within so many seconds before the moment, of one revision or of all. */
export function within(log: readonly Logged[], until: number, seconds: number, revision?: string): Logged[] {
  return log.filter((each) => each.at > until - seconds && each.at <= until && (revision === undefined || each.revision === revision));
}

export function failedShare(requests: readonly Logged[]): number {
  return requests.filter(({ failed }) => failed).length / requests.length;
}

export function slowerShare(requests: readonly Logged[], milliseconds: number): number {
  return requests.filter((each) => each.milliseconds > milliseconds).length / requests.length;
}

/** The time within which the share, 0 – 1, of the requests was answered, exactly. */
export function exactQuantile(requests: readonly Logged[], share: number): number {
  const sorted = requests.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
