/** The options of the families in components/workflows/channels, by key. */
export const channels = {};
