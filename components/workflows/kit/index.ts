export { pinned } from "./actions.ts";
export { actionsOf } from "./actions-used.ts";
export { needsOf } from "./needs.ts";
export type { Need } from "./needs.ts";
export { renderWorkflow } from "./render.ts";
export { script, scriptFiles } from "./scripts.ts";
export { some } from "./some.ts";
export { checkout, runScript } from "./steps.ts";
export type * from "./types.ts";
