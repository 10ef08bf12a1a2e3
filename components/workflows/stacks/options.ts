/** A repository that holds a program of Slipway with stacks, and its own pipelines. */
export interface StacksOptions {
  stacks: readonly [Stack, ...Stack[]];
  defaultBranch: string;
}

/** A stack; its updates go one after the other, in the order of the list. */
export interface Stack {
  /** As in `Pulumi.<name>.yaml`; also the GitHub environment in which it is updated. */
  name: string;
  /** Five fields, UTC: when its drift is looked for. */
  driftSchedule: string;
}
