/** What the SDK is asked to tell of itself. */
export interface SdkDiagnostics {
  /** Where promises began that are still open at the program's end. */
  promises: boolean;
  /** What it does with each resource, for `pulumi --debug`. */
  log: boolean;
}

/** PULUMI_DEBUG_PROMISE_LEAKS is the SDK's own variable; SLIPWAY_SDK_LOG is ours. */
export function sdkDiagnostics(): SdkDiagnostics {
  return { promises: Boolean(process.env["PULUMI_DEBUG_PROMISE_LEAKS"]), log: Boolean(process.env["SLIPWAY_SDK_LOG"]) };
}
