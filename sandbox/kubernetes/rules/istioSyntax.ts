// Forms that istiod asks of names and durations (istio.io/istio/pkg/config/validation).
import { durationMilliseconds } from "../duration.ts";

const LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
const PORT_MOST = 65_535;

export const isLabel = (name: string): boolean => LABEL.test(name) && name === name.toLowerCase();
export const isFqdn = (name: string): boolean => name.length <= 255 && name.replace(/\.$/, "").split(".").every((part) => LABEL.test(part));

/** A host, or "*", or a host whose first label starts with "*". */
export const isWildcardDomain = (name: string): boolean => name === "*" || isFqdn(name.replace(/^\*\./, "").replace(/^\*-/, ""));

export function portProblem(port: unknown): string | undefined {
  return typeof port === "number" && (port < 1 || port > PORT_MOST) ? `port number ${port} must be in the range 1..65535` : undefined;
}

export const subsetProblem = (name: string | undefined): string | undefined =>
  name === undefined || name === "" || isLabel(name) ? undefined : `subset name is invalid: ${name}`;

/** Envoy's timers count milliseconds; the least is the schema's to judge. */
export const durationProblem = (duration: string | undefined): string | undefined =>
  duration === undefined || Number.isInteger(durationMilliseconds(duration) ?? 0) ? undefined : "only durations to ms precision are supported";

/** Why a name is no host, in istiod's words; undefined for a good one. */
export function hostProblem(name: string): string | undefined {
  if (name === "") return "empty domain name not allowed";
  const wrong = name.replace(/^\*[.-]?/, "").split(".").find((label) => !LABEL.test(label));
  return isWildcardDomain(name) ? undefined : `domain name ${JSON.stringify(name)} invalid (label ${JSON.stringify(wrong ?? name)} invalid)`;
}

/** "namespace/name", "name" or "mesh". */
export function gatewayProblem(name: string): string | undefined {
  const [namespace = "", ...rest] = name.split("/");
  if (rest.length === 0) return isFqdn(name) ? undefined : hostProblem(name);
  if (!isLabel(namespace)) return `invalid value for namespace: ${JSON.stringify(namespace)}`;
  return isLabel(rest.join("/")) ? undefined : `invalid value for gateway name: ${JSON.stringify(rest.join("/"))}`;
}
