import type { ConfiguredSecret } from "../secrets.ts";

/** Who owns a service's weights: the stack and Slipway's driver, or a controller in the cluster. */
export type EngineSettings = "slipway" | FlaggerSettings;

/**
 * Flagger 1.38 or newer with Istio: an older one cannot copy pods that sleep before they stop. Its interval is `dwellSeconds`, its least
 * number of requests `minimumRequests`, its limits those of `observability`.
 */
export interface FlaggerSettings {
  kind: "flagger";
  /** Web address of Prometheus, as Flagger reaches it from within the cluster. */
  prometheus: string;
  /** Checks of one release that may fail until it is rolled back, 1 – 8; it is so one interval after the last of them. */
  failedChecks: number;
  /** Checks that a blue-green release passes before it takes all traffic, 1 – 100; a canary passes one at each weight. */
  checks: number;
  /** Seconds for which pods may be unready, their start included, until the release is rolled back, 30 – 3600. */
  unreadySeconds: number;
  /** Whom Flagger tells, by a name of your choice. */
  alerts: Record<string, FlaggerAlert>;
}

export interface FlaggerAlert {
  kind: "slack" | "msteams" | "discord" | "rocket" | "gchat";
  /** The address of the incoming webhook, which is the secret. */
  address: ConfiguredSecret;
  /** @default the one that the address was made for */
  channel?: string | undefined;
  /** info: everything; warn: what went wrong or waits; error: what went wrong. */
  severity: "info" | "warn" | "error";
}

/** The controller that owns the weights, if one does. */
export function controllerOf({ engine = "slipway" }: { engine?: EngineSettings | undefined }): FlaggerSettings | undefined {
  return engine === "slipway" ? undefined : engine;
}
