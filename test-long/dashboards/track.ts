/** A series of the invented past. */
export interface Track {
  name: string;
  labels: Readonly<Record<string, string>>;
  /** What it is at a moment, seconds since 1970; of a counter, how fast it grows a second. Absent: the series has no sample there. */
  at(time: number): number | undefined;
  counter?: boolean;
  /** Seconds before now from which on it is told at all. @default everything */
  since?: number;
}

const hashes = new Map<string, number>();

/** A number from 0 to 1 that only the name and the moment decide, so that each run has the same past. */
export function chance(name: string, time: number): number {
  let hash = Math.imul((hashes.get(name) ?? hashed(name)) ^ Math.floor(time), 2_246_822_519);
  hash = Math.imul(hash ^ (hash >>> 15), 3_266_489_917);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}

function hashed(name: string): number {
  let hash = 2_166_136_261;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
  hashes.set(name, hash);
  return hash;
}

/** The same, worked out once for each moment: many series ask for it. */
export function remembered(at: (time: number) => number): (time: number) => number {
  const known = new Map<number, number>();
  return (time) => {
    const found = known.get(time) ?? at(time);
    known.set(time, found);
    return found;
  };
}

/** About 1, by at most `share` more or less, and changing gently. */
export function wobble(name: string, time: number, share: number): number {
  const step = 240;
  const [from, part] = [Math.floor(time / step), (time % step) / step];
  const between = chance(name, from) * (1 - part) + chance(name, from + 1) * part;
  return 1 + share * (between * 1.4 + chance(`${name}!`, time) * 0.6 - 1);
}

/** The share of the way from `from` to `to`, 0 before and 1 after. */
export function ramp(time: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (time - from) / (to - from)));
}

/** Of what happens once in every so many seconds, at a moment of its own: how often it has happened since 1970. */
export function happened(name: string, every: number, time: number): number {
  const [whole, part] = [Math.floor(time / every), (time / every) % 1];
  return whole + Number(part > chance(name, whole));
}
