import { dateTime, fromNow, inWords, timeSpan } from "./times.ts";

/** Writes a number as Grafana does, so that a panel reads the same on both. */
type Format = (value: number, decimals: number | undefined) => string;

const SHORT = ["", " K", " Mil", " Bil", " Tri", " Quadr", " Quint", " Sext", " Sept"];
const COUNT = ["", "K", "M", "B", "T"];
const DECIMAL = ["", "k", "M", "G", "T", "P", "E"];
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const EVENTS = { reqps: "req/s", rps: "rd/s", wps: "wr/s", ops: "ops/s", cps: "c/s", eps: "evt/s", mps: "msg/s", reqpm: "req/m", opm: "ops/m", cpm: "c/m" };

const FORMATS: Readonly<Record<string, Format>> = {
  none: fixed,
  string: (value) => String(value),
  short: scaled(1000, SHORT),
  percent: (value, decimals) => `${fixed(value, decimals)}%`,
  percentunit: (value, decimals) => `${fixed(Number((value * 100).toPrecision(12)), decimals)}%`,
  bytes: scaled(1024, BINARY.map((prefix) => ` ${prefix}B`)),
  decbytes: scaled(1000, DECIMAL.map((prefix) => ` ${prefix}B`)),
  Bps: scaled(1000, DECIMAL.map((prefix) => ` ${prefix}B/s`)),
  binBps: scaled(1024, BINARY.map((prefix) => ` ${prefix}B/s`)),
  ...Object.fromEntries(Object.entries(EVENTS).map(([unit, symbol]) => [unit, scaled(1000, COUNT.map((prefix) => `${prefix} ${symbol}`))])),
  ...Object.fromEntries((["ms", "s", "m", "h", "d"] as const).map((unit): [string, Format] => [unit, (value, decimals) => {
    const { count, name } = timeSpan(value, unit);
    return `${fixed(count, decimals)} ${name}`;
  }])),
  dtdurations: inWords,
  dateTimeAsIso: (value) => dateTime(new Date(value)),
  dateTimeFromNow: (value) => fromNow(value, Date.now()),
  bool: (value) => (value === 0 ? "False" : "True"),
  bool_yes_no: (value) => (value === 0 ? "No" : "Yes"),
  bool_on_off: (value) => (value === 0 ? "Off" : "On"),
  locale: (value) => value.toLocaleString("en-US"),
};

/** The number with its unit. A unit that has no name here is written behind the number, as Grafana does with its own. */
export function formatValue(value: number, unit = "none", decimals?: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  const format = Object.hasOwn(FORMATS, unit) ? FORMATS[unit] : undefined;
  if (format !== undefined) return format(value, decimals);
  const [, kind = "", text = ""] = /^(prefix|suffix):(.*)$/.exec(unit) ?? [];
  if (kind === "prefix") return `${text}${fixed(value, decimals)}`;
  return `${fixed(value, decimals)}${kind === "suffix" ? text : unit === "" ? "" : ` ${unit}`}`;
}

/** Three digits where nobody asked for a number of decimals, and none behind the point of a whole number. */
export function fixed(value: number, decimals?: number): string {
  const wanted = decimals ?? (Number.isInteger(value) ? 0 : 2 - Math.floor(Math.log10(Math.abs(value))));
  const places = Math.min(20, Math.max(0, wanted));
  return (Math.round(value * 10 ** places) / 10 ** places).toFixed(places);
}

function scaled(factor: number, suffixes: readonly string[]): Format {
  return (value, decimals) => {
    // The tiny addition: the logarithm of 1000 to the base 1000 is a bit less than 1.
    const power = value === 0 ? 0 : Math.floor(Math.log(Math.abs(value)) / Math.log(factor) + 1e-12);
    const index = Math.min(suffixes.length - 1, Math.max(0, power));
    return `${fixed(value / factor ** index, decimals)}${suffixes[index] ?? ""}`;
  };
}
