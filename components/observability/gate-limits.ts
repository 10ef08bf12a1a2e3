/** By how much a candidate may be worse than the stable revision: per cent of its value and, of a share, percentage points besides. */
export const REGRESSION = { percent: 15, points: 0.1 } as const;

/** Requests of the candidate at one weight below which the gate of a rollout does not let it pass. */
export const MINIMUM_SAMPLES = 100;
