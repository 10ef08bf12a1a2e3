import { Problem } from "../toolchain/problem.ts";
import { duration } from "../toolchain/progress.ts";

/** How one stack ended. */
export interface StackResult {
  stack: string;
  /** Pulumi's exit code. */
  code: number;
  milliseconds: number;
}

/** The stacks of an environment among the names of files: `Pulumi.<environment>.yaml` and `Pulumi.<environment>-<group>.yaml`. */
export function fleetStacks(files: readonly string[], environment: string): string[] {
  return files
    .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? "")
    .filter((stack) => stack === environment || stack.startsWith(`${environment}-`))
    .sort();
}

/** The value of `--parallel`. */
export function readParallel(value: string | undefined, cores: number): number {
  if (value === undefined) return cores;
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new Problem(`--parallel: must be a whole number from 1 to 999, got "${value}"; leave it out for one a core`);
  return Number(value);
}

/** Does `work` on every item, at most `limit` at a time; results in the order of the items. */
export async function limited<T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const lane = async () => {
    for (const [at, item] of queue) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return results;
}

/** One line a stack: its name, how it ended, how long it took. */
export function summaryTable(results: readonly StackResult[]): string {
  const width = Math.max("stack".length, ...results.map((each) => each.stack.length));
  const failed = results.filter((each) => each.code !== 0).length;
  return [
    `${"stack".padEnd(width)}  ${"result".padEnd(15)}  time`,
    ...results.map((each) => `${each.stack.padEnd(width)}  ${result(each.code).padEnd(15)}  ${duration(each.milliseconds)}`),
    `${results.length} ${results.length === 1 ? "stack" : "stacks"}, ${failed} failed`,
  ].join("\n");
}

function result(code: number): string {
  return code === 0 ? "done" : `failed (${code})`;
}
