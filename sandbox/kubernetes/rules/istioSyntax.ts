// Forms that istiod asks of names and durations (istio.io/istio/pkg/config/validation).
const LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|ms|s|m|h))+$/;
const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 3.6e6 };
const PORT_MOST = 65_535;

export const isLabel = (name: string): boolean => LABEL.test(name) && name === name.toLowerCase();
export const isFqdn = (name: string): boolean => name.length <= 255 && name.replace(/\.$/, "").split(".").every((part) => LABEL.test(part));

/** A host, or "*", or a host whose first label starts with "*". */
export const isWildcardDomain = (name: string): boolean => name === "*" || isFqdn(name.replace(/^\*\./, "").replace(/^\*-/, ""));

/** "name", "namespace/name" or "mesh". */
export function isGatewayName(name: string): boolean {
  const parts = name.split("/");
  return parts.length === 2 ? parts.every(isLabel) : parts.length === 1 && isFqdn(name);
}

export function portProblem(port: unknown): string | undefined {
  return typeof port === "number" && (port < 1 || port > PORT_MOST) ? `port number ${port} must be in the range 1..65535` : undefined;
}

export const subsetProblem = (name: string | undefined): string | undefined =>
  name === undefined || name === "" || isLabel(name) ? undefined : `subset name is invalid: ${name}`;

const milliseconds = (duration: string): number =>
  [...duration.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0);

/** Durations are at least 1 ms and accurate to it. */
export function durationProblem(duration: string | undefined): string | undefined {
  if (duration === undefined) return undefined;
  if (!DURATION.test(duration)) return `invalid duration format ${JSON.stringify(duration)}`;
  if (milliseconds(duration) < 1) return "duration must be greater than 1ms";
  return Number.isInteger(milliseconds(duration)) ? undefined : "only durations to ms precision are supported";
}
