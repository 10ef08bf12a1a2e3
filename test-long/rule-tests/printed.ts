/** As Go's `%.2f` for two digits: a tie goes to the even digit, where `toFixed` takes the larger number. */
export function fixed(value: number, digits: number): string {
  const [whole = "", fraction = ""] = Math.abs(value).toFixed(100).split(".");
  const kept = digits === 0 ? whole : `${whole}.${fraction.slice(0, digits)}`;
  const evenTie = /^50*$/.test(fraction.slice(digits)) && /[02468]$/.test(kept);
  return evenTie ? `${value < 0 ? "-" : ""}${kept}` : value.toFixed(digits);
}

/** As Go's `%.4g` for four digits, from a ten-thousandth on and below ten thousand. */
export function significant(value: number, digits: number): string {
  const power = Number(value.toExponential().split("e")[1]);
  return `${Number(fixed(value, Math.max(0, digits - 1 - power)))}`;
}
