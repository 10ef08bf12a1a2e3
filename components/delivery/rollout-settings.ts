import type { EngineSettings } from "./engine-settings.ts";
import type { IndicatorSettings } from "./indicator-settings.ts";
import type { NotifySettings } from "./notify-settings.ts";

/** How the driver of a rollout takes a candidate through its stages. What it judges by are the limits of `observability`. */
export interface RolloutSettings {
  /** Who owns the weights. @default "slipway" */
  engine?: EngineSettings | undefined;
  /** Seconds that a candidate stays at each weight at least, 0 – 86400. */
  dwellSeconds: number;
  /** Seconds that a candidate with all traffic is watched before the old revision goes, 0 – 604800. */
  bakeSeconds: number;
  /** Seconds between two looks at what the candidate's requests met, 5 – 60. */
  lookSeconds: number;
  /** Requests that a candidate has met at a weight before it passes it, at least 1. */
  minimumRequests: number;
  /** Seconds within which the pods of a revision have to be ready, 30 – 3600; one whose pods are not is rolled back by its driver. */
  unreadySeconds: number;
  /** `first-stage`: somebody promotes it after the first stage. `none`: it goes on by itself. */
  approval: "first-stage" | "none";
  /** Times in which no candidate gets more traffic. */
  freezes: FreezeWindow[];
  /** Requests that the candidate has to answer before it stays at its first weight; one that does not is rolled back. */
  smoke: SmokeCheck[];
  /** What a candidate is judged by besides its requests, by name: of workers and plain TCP the only thing. */
  indicators: Record<string, IndicatorSettings>;
  /** Who is told of it; absent: only those who read the driver's output. */
  notify?: NotifySettings | undefined;
}

export interface FreezeWindow {
  /** ISO 8601 with a time zone. */
  from: string;
  /** ISO 8601 with a time zone, after `from`. */
  until: string;
  reason: string;
}

export interface SmokeCheck {
  /** For people. */
  name: string;
  /** Web address; the driver's machine has to reach it. */
  url: string;
  /** Sent with the request, such as the testers' header that leads to the candidate. */
  headers: Record<string, string>;
  /** Status of the answer, 100 – 599. */
  status: number;
  /** Text that the answer has to contain. */
  contains?: string | undefined;
  /** Seconds until the answer counts as missing, 1 – 60. */
  timeoutSeconds: number;
}
