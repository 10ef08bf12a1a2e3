/** The options of the families in components/workflows/containers, by key. */
export const containers = {};
