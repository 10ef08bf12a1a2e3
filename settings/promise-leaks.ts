/** Whether the SDK is asked to print where promises began that are still open at the program's end. */
export function promiseLeaksAsked(): boolean {
  return Boolean(process.env["PULUMI_DEBUG_PROMISE_LEAKS"]);
}
