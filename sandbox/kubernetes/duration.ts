const FORM = /^(?:\d+(?:\.\d+)?(?:ns|us|ms|s|m|h))+$/;
const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 3.6e6 };

/** The length of a Go duration such as "1m30s", in milliseconds; undefined for what is none. */
export function durationMilliseconds(duration: string): number | undefined {
  if (!FORM.test(duration)) return duration === "0" ? 0 : undefined;
  return [...duration.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0);
}
