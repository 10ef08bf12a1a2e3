/** The candidate that a typing mistake away from `word` was probably meant, or none. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = folded(word);
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = distanceOf(wanted, folded(candidate));
    if (distance <= allowance(wanted) && (best === undefined || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
}

function allowance(word: string): number {
  return Math.min(3, Math.floor(word.length / 3));
}

// People mix up the spellings wait_timer, wait-timer and waitTimer; names longer than that are no typing mistakes.
function folded(word: string): string {
  return word.slice(0, 80).toLowerCase().replaceAll(/[-_]/g, "");
}

/** Letters to insert, remove, replace or swap with their neighbour (optimal string alignment). */
function distanceOf(left: string, right: string): number {
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 2] === right[column - 1] && left[row - 1] === right[column - 2];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? Infinity) + 1 : Infinity,
      );
    }
    before = last;
    last = current;
  }
  return last[right.length] ?? 0;
}
