import { STATUS_CODES } from "node:http";
import { fields, hasUnknown, isEmpty, number, text } from "../manifest.ts";
import { denied } from "./istioWebhook.ts";
import type { Check } from "./rule.ts";

const RETRY_ON = new Set([
  "5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "retriable-4xx", "refused-stream", "retriable-status-codes",
  "retriable-headers", "envoy-ratelimited", "http3-post-connect-failure", "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable",
]);
const REDIRECTED = ["uri", "prefixRewrite", "authority", "redirectPort", "port", "derivePort", "scheme"];

export const retries: Check = (value, report) => {
  const { attempts, perTryTimeout, retryOn, retryRemoteLocalities } = fields(value);
  const count = value === undefined || hasUnknown(attempts) ? undefined : number(attempts) ?? 0;
  if (count !== undefined && count < 0) denied(report)("attempts cannot be negative");
  if (count === 0 && [perTryTimeout, retryOn, retryRemoteLocalities].some((each) => !isEmpty(each))) denied(report)("http retry policy configured when attempts are set to 0 (disabled)");
};

/** Conditions of Envoy, or HTTP status codes, separated by commas. */
export const retryOn: Check = (value, report) => {
  for (const policy of (text(value) ?? "").split(",").filter((each) => each !== "")) {
    if (!RETRY_ON.has(policy) && STATUS_CODES[policy] === undefined) denied(report)(`${JSON.stringify(policy)} is not a valid retryOn policy`);
  }
};

export const redirect: Check = (value, report) => {
  if (value !== undefined && !REDIRECTED.some((name) => !isEmpty(fields(value)[name]))) denied(report)("redirect must specify URI, authority, scheme, or port");
  const code = number(fields(value)["redirectCode"]);
  if (code !== undefined && (code < 300 || code > 399)) denied(report)(`${code} is not a valid redirect code, must be 3xx`, "redirectCode");
};

export const rewrite: Check = (value, report) => {
  const { uri, uriRegexRewrite, authority } = fields(value);
  if (value !== undefined && [uri, uriRegexRewrite, authority].every(isEmpty)) {
    denied(report)("rewrite must specify at least one of URI, UriRegexRewrite, or authority. Only one of URI or UriRegexRewrite may be specified");
  }
};

export const fault: Check = (value, report) => {
  const { abort, delay } = fields(value);
  if (value !== undefined && abort === undefined && delay === undefined) denied(report)("HTTP fault injection must have an abort and/or a delay");
};

export const httpStatus: Check = (value, report) => {
  const status = number(value);
  if (status !== undefined && (status < 200 || status > 600)) denied(report)(`HTTP status ${status} is not in range 200-599`);
};
