/** How the demo app behaves. Each can be changed while it runs. */
export interface Knobs {
  /** What it answers as its version. */
  version: string;
  /** Share of the requests, 0 – 1, that fail with 500. */
  errorShare: number;
  /** Half of the requests take no longer, milliseconds. */
  medianMs: number;
  /** 95 of 100 requests take no longer, milliseconds; the times are spread as a log-normal distribution. */
  p95Ms: number;
  /** Ends with exit code 1 this many milliseconds after its start; below 0 never. */
  crashAfterMs: number;
  /** Fails its probes for ever. */
  neverReady: boolean;
  /** Fails its probes for so many milliseconds after its start. */
  startMs: number;
}

export const CALM: Knobs = { version: "", errorShare: 0, medianMs: 0, p95Ms: 0, crashAfterMs: -1, neverReady: false, startMs: 0 };

/** The environment variable of each knob. */
const VARIABLES: Record<keyof Knobs, string> = {
  version: "LAB_VERSION", errorShare: "LAB_ERROR_SHARE", medianMs: "LAB_MEDIAN_MS", p95Ms: "LAB_P95_MS",
  crashAfterMs: "LAB_CRASH_AFTER_MS", neverReady: "LAB_NEVER_READY", startMs: "LAB_START_MS",
};

/** The knobs that an environment sets. @throws RangeError naming a variable that is no number */
export function knobsOf(environment: Readonly<Record<string, string | undefined>>): Knobs {
  const number = (knob: "errorShare" | "medianMs" | "p95Ms" | "crashAfterMs" | "startMs"): number => {
    const text = environment[VARIABLES[knob]];
    if (text === undefined) return CALM[knob];
    if (text.trim() === "" || !Number.isFinite(Number(text))) throw new RangeError(`${VARIABLES[knob]}: not a number, got "${text}"; give a number`);
    return Number(text);
  };
  return {
    version: environment[VARIABLES.version] ?? CALM.version,
    errorShare: number("errorShare"), medianMs: number("medianMs"), p95Ms: number("p95Ms"), crashAfterMs: number("crashAfterMs"), startMs: number("startMs"),
    neverReady: environment[VARIABLES.neverReady] === "true",
  };
}

/** A time drawn from the knobs, milliseconds. `uniform` draws from 0 up to 1, 0 excluded. */
export function drawnLatency({ medianMs, p95Ms }: Pick<Knobs, "medianMs" | "p95Ms">, uniform: () => number): number {
  if (medianMs <= 0) return 0;
  const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  // 1.645 standard deviations lie between the median and the 95th percentile.
  return medianMs * Math.exp(normal * (Math.log(Math.max(p95Ms, medianMs) / medianMs) / 1.645));
}
