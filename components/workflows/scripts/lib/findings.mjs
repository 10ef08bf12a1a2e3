// What a check found goes to the job's output, to the run's page, and into annotations.
import { fail, setOutput, summary, warn } from "./actions.mjs";
import { table } from "./markdown.mjs";

const ICONS = { pass: "✅", warn: "⚠️", fail: "❌" };

/** Rows of a table of findings. */
export function rows(findings) {
  return findings.map(({ check, level, text }) => [`${ICONS[level]} ${check}`, text]);
}

/** Tells what was found, and ends the step where one of the findings says so. */
export function tell(findings) {
  setOutput("findings", JSON.stringify(findings));
  summary(table(["Check", "Result"], rows(findings)));
  for (const { check, level, text } of findings) if (level === "warn") warn(`${check}: ${text}`);
  const failed = findings.filter(({ level }) => level === "fail");
  if (failed.length > 0) fail(failed.map(({ check, text }) => `${check}: ${text}`).join("\n"));
}
