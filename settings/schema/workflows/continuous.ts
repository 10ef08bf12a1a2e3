/** The options of the families in components/workflows/continuous, by key. */
export const continuous = {};
