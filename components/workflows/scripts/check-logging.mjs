// Finds console.log in the code of SOURCES: only the logger writes lines that can be searched.
import { readFileSync } from "node:fs";
import { lineAt, tellPlaces } from "./lib/places.mjs";
import { codeOf } from "./lib/source.mjs";
import { patterns, trackedOrFail } from "./lib/tracked.mjs";

const files = trackedOrFail(patterns("SOURCES"), "code").filter((file) => /\.[cm]?[jt]sx?$/.test(file));
const found = files.flatMap((file) => {
  const code = codeOf(readFileSync(file, "utf8"));
  return [...code.matchAll(/\bconsole\s*\.\s*log\b/g)].map(({ index }) => ({ file, line: lineAt(code, index), message: "console.log goes past the logger: no level, no fields, no trace" }));
});
tellPlaces(found, `${files.length} files`, "use the logger, or allow the file in the stack");
