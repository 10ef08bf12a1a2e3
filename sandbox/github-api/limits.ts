import { Refusal } from "./answer.ts";

/** GitHub's limits of one token. */
const HOURLY = 5_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const POINTS_A_MINUTE = 900;
const CONTENT_A_MINUTE = 80;
const CONTENT_AN_HOUR = 500;

/** What people are told of: GitHub counts its creation apart. */
const CONTENT = new Set(["issues/create", "issues/create-comment", "pulls/create", "repos/create-commit-comment"]);

/** One thing that is allowed so often in so long. */
class Window {
  private readonly allowed: number;
  private readonly length: number;
  private start = Number.NEGATIVE_INFINITY;
  used = 0;

  constructor(allowed: number, length: number) {
    this.allowed = allowed;
    this.length = length;
  }

  /** Forgets what was before the window that is open at this instant. */
  at(now: number): this {
    if (now >= this.start + this.length) [this.start, this.used] = [now, 0];
    return this;
  }

  has(cost: number): boolean {
    return this.used + cost <= this.allowed;
  }

  get end(): number {
    return this.start + this.length;
  }
}

/** What one token used up. Instants are in milliseconds. */
export class Limits {
  private readonly hour = new Window(HOURLY, HOUR);
  private readonly points = new Window(POINTS_A_MINUTE, MINUTE);
  private readonly content = [new Window(CONTENT_A_MINUTE, MINUTE), new Window(CONTENT_AN_HOUR, HOUR)];

  /** Counts one request. @throws Refusal 403 where it is one too many; `retry-after` is then among the headers */
  spend(method: string, operation: string, now: number): void {
    const cost = method === "GET" || method === "HEAD" ? 1 : 5;
    const hour = this.hour.at(now);
    if (!hour.has(1)) throw new Refusal(403, "API rate limit exceeded for user ID 1.");
    const slowed = [{ window: this.points.at(now), cost }, ...(CONTENT.has(operation) ? this.content.map((window) => ({ window: window.at(now), cost: 1 })) : [])];
    const full = slowed.filter((each) => !each.window.has(each.cost)).map(({ window }) => window.end);
    if (full.length > 0) throw new Slow(Math.max(1, Math.ceil((Math.max(...full) - now) / 1_000)));
    hour.used += 1;
    for (const { window, cost: share } of slowed) window.used += share;
  }

  /** A conditional request that finds nothing new costs nothing of the hour. */
  giveBack(): void {
    this.hour.used -= 1;
  }

  headers(now: number): Record<string, string> {
    const hour = this.hour.at(now);
    return {
      "x-ratelimit-limit": String(HOURLY), "x-ratelimit-remaining": String(HOURLY - hour.used), "x-ratelimit-used": String(hour.used),
      "x-ratelimit-reset": String(Math.ceil(hour.end / 1_000)), "x-ratelimit-resource": "core",
    };
  }

  /** What `GET /rate_limit` tells. */
  told(now: number): { limit: number; remaining: number; reset: number; used: number } {
    const hour = this.hour.at(now);
    return { limit: HOURLY, remaining: HOURLY - hour.used, reset: Math.ceil(hour.end / 1_000), used: hour.used };
  }
}

/** Too much at once. */
export class Slow extends Refusal {
  readonly seconds: number;

  constructor(seconds: number) {
    super(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");
    this.seconds = seconds;
  }
}
