/** A source of numbers from 0 to below 1: the same seed, the same numbers. */
export type Random = () => number;

/** Marsaglia's xorshift family with a counter (xorwow), started through a mix of the seed so that near seeds share nothing. */
export function seeded(seed: number): Random {
  let mixed = seed | 0;
  const next = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let word = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return (word ^ (word >>> 16)) | 0;
  };
  let [x, y, z, w, v, count] = [next(), next(), next(), next() | 1, next(), next()];
  return () => {
    const turned = x ^ (x >>> 2);
    [x, y, z, w] = [y, z, w, v];
    v = v ^ (v << 4) ^ (turned ^ (turned << 1));
    count = (count + 362437) | 0;
    return ((v + count) >>> 0) / 4294967296;
  };
}

/** How many of `trials` independent ones come true. Exact: inversion for small means, transformed rejection (Hörmann 1993) for others. */
export function binomial(random: Random, trials: number, chance: number): number {
  if (chance > 0.5) return trials - binomial(random, trials, 1 - chance);
  if (trials <= 0 || chance <= 0) return 0;
  return trials * chance < 15 ? fewBinomial(random, trials, chance) : manyBinomial(random, trials, chance);
}

/** How many events happen where `mean` are expected. Exact, by the same two methods. */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  return mean < 15 ? fewPoisson(random, mean) : manyPoisson(random, mean);
}

/** A draw from the normal distribution with mean 0 and deviation 1 (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function fewBinomial(random: Random, trials: number, chance: number): number {
  const odds = chance / (1 - chance);
  let density = (1 - chance) ** trials;
  let left = random();
  let count = 0;
  while (left > density && count < trials) {
    left -= density;
    count += 1;
    density *= odds * ((trials + 1) / count - 1);
  }
  return count;
}

function fewPoisson(random: Random, mean: number): number {
  let density = Math.exp(-mean);
  let left = random();
  let count = 0;
  while (left > density && count < 1000) {
    left -= density;
    count += 1;
    density *= mean / count;
  }
  return count;
}

function manyBinomial(random: Random, trials: number, chance: number): number {
  const spread = Math.sqrt(trials * chance * (1 - chance));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * chance;
  const centre = trials * chance + 0.5;
  const mode = Math.floor((trials + 1) * chance);
  const scale = (2.83 + 5.1 / b) * spread;
  const density = (count: number): number => count * Math.log(chance / (1 - chance)) - logFactorial(count) - logFactorial(trials - count);
  return rejected(random, { a, b, centre, squeeze: 0.92 - 4.2 / b, most: trials }, (v, us) => Math.log((v * scale) / (a / (us * us) + b)), (count) => density(count) - density(mode));
}

function manyPoisson(random: Random, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const scale = 1.1239 + 1.1328 / (b - 3.4);
  return rejected(random, { a, b, centre: mean + 0.43, squeeze: 0.9277 - 3.6224 / (b - 2), most: Infinity }, (v, us) => Math.log((v * scale) / (a / (us * us) + b)), (count) => count * Math.log(mean) - mean - logFactorial(count));
}

interface Hat { a: number; b: number; centre: number; squeeze: number; most: number }

function rejected(random: Random, { a, b, centre, most, squeeze }: Hat, height: (v: number, us: number) => number, density: (count: number) => number): number {
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + centre);
    if (count < 0 || count > most) continue;
    if ((us >= 0.07 && v <= squeeze) || height(v, us) <= density(count)) return count;
  }
}

/** Stirling's series, good to 1e-9 from 10 on; below, a product. */
function logFactorial(count: number): number {
  if (count < 10) return Math.log([1, 1, 2, 6, 24, 120, 720, 5040, 40_320, 362_880][count] ?? 1);
  const more = count + 1;
  return (count + 0.5) * Math.log(more) - more + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * more) - 1 / (360 * more ** 3);
}
