declare module "asciichart" {
  /** Draws one or more lines; values beyond `min` and `max` widen the chart. */
  export function plot(series: readonly number[] | readonly (readonly number[])[], options?: { height?: number; min?: number; max?: number; format?: (value: number) => string; colors?: readonly string[] }): string;
  export const green: string;
  export const yellow: string;
  export const cyan: string;
}
