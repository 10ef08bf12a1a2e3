import { Problem } from "../../toolchain/problem.ts";
import { milliseconds } from "./page/ranges.ts";

/** The address of a Prometheus. */
export function readAddress(text: string): URL {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (address === undefined || !["http:", "https:"].includes(address.protocol)) {
    throw new Problem(`--prometheus: is no web address, got "${text}"; write one such as http://127.0.0.1:9090`);
  }
  if (address.username !== "" || address.password !== "") throw new Problem("--prometheus: holds a user or a password, which everybody on this machine would see; name a proxy that adds them");
  if (address.search !== "" || address.hash !== "") throw new Problem(`--prometheus: has something behind its path, got "${text}"; leave it away`);
  return address;
}

/** A port, 0 for any free one. */
export function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new Problem(`--port: is no port, got "${text}"; write a number from 0, which is any free one, to 65535`);
  return port;
}

/** Milliseconds of a length from a second to an hour. */
export function readLength(text: string): number {
  const length = milliseconds(text);
  if (length === undefined || length < 1000 || length > 3_600_000) throw new Problem(`--scrape-interval: is no length from 1s to 1h, got "${text}"; write one such as 30s`);
  return length;
}
