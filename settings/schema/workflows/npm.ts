/** The options of the families in components/workflows/npm, by key. */
export const npm = {};
