/** The share of a service's requests that one revision answers. */
export interface Weight {
  /** Id of the revision, which is also its subset's name. */
  subset: string;
  /** Percent, a whole number from 0 to 100. */
  weight: number;
}

/**
 * What is wrong with a split, in the house format, or undefined. Istio admits 90/20 and sends 81 % and 19 %, so nobody else asks
 * that weights add up to 100.
 */
export function splitProblem(service: string, split: readonly Weight[]): string | undefined {
  const path = `services.${service}.split`;
  const shown = split.map(({ subset, weight }) => `${subset}=${weight}`).join(" ") || "no revision";
  const odd = split.find(({ weight }) => !Number.isInteger(weight) || weight < 0 || weight > 100);
  if (odd) return `${path}: the weight of ${odd.subset} is not a whole percentage, got ${odd.weight}; give a number from 0 to 100`;
  const names = split.map(({ subset }) => subset);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) return `${path}: a revision is named twice, got ${shown}; name each once`;
  const sum = split.reduce((total, { weight }) => total + weight, 0);
  if (sum !== 100) return `${path}: the weights add up to ${sum}, got ${shown}; make them add up to 100`;
  return undefined;
}

/** The revisions that answer at least one request in a hundred, in the order of the split. */
export function answering(split: readonly Weight[]): Weight[] {
  return split.filter(({ weight }) => weight > 0);
}
