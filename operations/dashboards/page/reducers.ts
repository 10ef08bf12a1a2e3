type Values = readonly (number | null)[];

const there = (values: Values): number[] => values.filter((value) => value !== null);
const total = (values: Values): number => there(values).reduce((sum, value) => sum + value, 0);

/** How many numbers become one, by Grafana's names. Nothing where there is no number. */
const REDUCERS: Readonly<Record<string, (values: Values) => number | undefined>> = {
  last: (values) => values.at(-1) ?? undefined,
  lastNotNull: (values) => there(values).at(-1),
  first: (values) => values[0] ?? undefined,
  firstNotNull: (values) => there(values)[0],
  mean: (values) => (there(values).length === 0 ? undefined : total(values) / there(values).length),
  min: (values) => extreme(values, (value, best) => value < best),
  max: (values) => extreme(values, (value, best) => value > best),
  sum: (values) => (there(values).length === 0 ? undefined : total(values)),
  count: (values) => values.length,
  range: (values) => {
    const low = extreme(values, (value, best) => value < best);
    const high = extreme(values, (value, best) => value > best);
    return low === undefined || high === undefined ? undefined : high - low;
  },
  diff: (values) => {
    const [first, last] = [there(values)[0], there(values).at(-1)];
    return first === undefined || last === undefined ? undefined : last - first;
  },
};

/** One number for many. @throws RangeError when nobody knows the reducer */
export function reduce(name: string, values: Values): number | undefined {
  const reducer = Object.hasOwn(REDUCERS, name) ? REDUCERS[name] : undefined;
  if (reducer === undefined) throw new RangeError(`calculation: is not known to this page, got "${name}"; use one of ${Object.keys(REDUCERS).join(", ")}`);
  return reducer(values);
}

function extreme(values: Values, better: (value: number, best: number) => boolean): number | undefined {
  return there(values).reduce<number | undefined>((best, value) => (best === undefined || better(value, best) ? value : best), undefined);
}
