/** The options of the families in components/workflows/rollout, by key. */
export const rollout = {};
