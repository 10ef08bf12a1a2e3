/** The options of the families in components/workflows/verification, by key. */
export const verification = {};
