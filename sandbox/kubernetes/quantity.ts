const FORM = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))([eE][+-]?\d+|[KMGTPE]i|[numkMGTPE]?)$/;
const FACTORS: Record<string, number> = {
  n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};

export const QUANTITY_FORM = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
export const QUANTITY_SUFFIX = "unable to parse quantity's suffix";

/** The number that a quantity such as "500m", "64Mi" or 2 stands for, in its resource's unit; undefined when it is none. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  const [, digits, suffix = ""] = (typeof value === "string" ? FORM.exec(value) : null) ?? [];
  if (digits === undefined) return undefined;
  return /^[eE]./.test(suffix) ? Number(digits + suffix) : Number(digits) * (FACTORS[suffix] ?? Number.NaN);
}

/** Why the decoder refuses a quantity, in its words; undefined for a good one. */
export function quantityProblem(value: unknown): string | undefined {
  if (quantity(value) !== undefined) return undefined;
  return typeof value === "string" && /^[+-]?[0-9.]*\d[0-9.]*[A-Za-z]+$/.test(value) && /^[+-]?[0-9.]+[eEinumkKMGTP]*$/.test(value) ? QUANTITY_SUFFIX : QUANTITY_FORM;
}
