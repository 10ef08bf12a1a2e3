import { counted } from "./report.ts";
import type { DriftReport } from "./report.ts";
import type { Difference } from "./types.ts";

/** The report for scripts, one object; the live objects stay out of it. */
export function reportJson({ findings, ignored, owned, ...report }: DriftReport): string {
  return `${JSON.stringify({ ...report, counts: counted(findings), findings: findings.map(told), ignored: ignored.map(told), owned: owned.map(told) }, undefined, 2)}\n`;
}

function told<T extends Difference>({ object: _object, removal: _removal, ...rest }: T): Omit<T, "object" | "removal"> {
  return rest;
}
