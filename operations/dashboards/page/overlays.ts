import { painted } from "./colours.ts";
import type { ThresholdStep } from "./panel-documents.ts";
import type { Mark } from "./marks.ts";

/** Lines at the limits, areas beyond them, or both, as Grafana names its styles. */
export function thresholdLines({ bbox, ctx, scales, valToPos }: uPlot, style: string, steps: readonly ThresholdStep[]): void {
  if (style === "off") return;
  const { max = 0, min = 0 } = scales["y"] ?? {};
  ctx.save();
  steps.forEach(({ color, value }, index) => {
    const next = steps[index + 1]?.value ?? Infinity;
    if (style.includes("area")) area({ bbox, ctx }, color, valToPos(Math.min(max ?? 0, next), "y", true), valToPos(Math.max(min ?? 0, value ?? -Infinity), "y", true));
    if (value === null || value > (max ?? 0) || value < (min ?? 0) || style === "area") return;
    ctx.strokeStyle = painted(color);
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.setLineDash(style.startsWith("dashed") ? [8 * devicePixelRatio, 5 * devicePixelRatio] : []);
    ctx.beginPath();
    const y = valToPos(value, "y", true);
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  });
  ctx.restore();
}

function area({ bbox, ctx }: Pick<uPlot, "bbox" | "ctx">, colour: string, top: number, bottom: number): void {
  if (bottom <= top) return;
  ctx.fillStyle = painted(colour);
  ctx.globalAlpha = 0.1;
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  ctx.globalAlpha = 1;
}

/** Vertical lines where something happened, and a band where it lasted. */
export function marks({ bbox, ctx, valToPos }: uPlot, happened: readonly Mark[]): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { colour, from, to } of happened) {
    const [left, right] = [from, to].map((time) => valToPos(time / 1000, "x", true));
    if (left === undefined || right === undefined) continue;
    ctx.strokeStyle = painted(colour);
    ctx.fillStyle = painted(colour);
    ctx.globalAlpha = 0.08;
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
    ctx.globalAlpha = 0.9;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
