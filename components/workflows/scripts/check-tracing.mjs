// Says of each package of PACKAGES whether it sends traces: it depends on OpenTelemetry's SDK and an exporter, and starts the SDK.
import { existsSync, readFileSync } from "node:fs";
import { lineAt, tellPlaces } from "./lib/places.mjs";
import { codeOf } from "./lib/source.mjs";
import { patterns, tracked } from "./lib/tracked.mjs";

const SDK = /^@opentelemetry\/(sdk-node|sdk-trace-node|sdk-trace-base|auto-instrumentations-node)$/;
const EXPORTER = /^@opentelemetry\/(exporter-|sdk-node$|auto-instrumentations-node$)/;
const STARTED = /\.\s*(start|register)\s*\(|\bregisterInstrumentations\s*\(/;

const folders = patterns("PACKAGES");
tellPlaces(folders.flatMap(problems), `${folders.length} packages`, "set OpenTelemetry up in each");

function problems(folder) {
  const file = `${folder}/package.json`;
  if (!existsSync(file)) return [{ file, line: 1, message: "is missing, so nothing says what the package depends on" }];
  const text = readFileSync(file, "utf8");
  const names = Object.keys(JSON.parse(text).dependencies ?? {});
  const line = lineAt(text, Math.max(text.indexOf('"dependencies"'), 0));
  const lacks = (pattern, what) => (names.some((name) => pattern.test(name)) ? [] : [{ file, line, message: `depends on no ${what} of OpenTelemetry` }]);
  const wanted = [...lacks(SDK, "SDK"), ...lacks(EXPORTER, "exporter")];
  return wanted.length > 0 || starts(folder) ? wanted : [{ file, line, message: "depends on OpenTelemetry and starts it nowhere" }];
}

function starts(folder) {
  const code = tracked([`${folder}/**`]).filter((file) => /\.[cm]?[jt]s$/.test(file) && !/(^|\/)(tests?|__tests__|node_modules)\/|\.(test|spec)\./.test(file));
  return code.some((file) => {
    const text = readFileSync(file, "utf8");
    return /["']@opentelemetry\/(sdk|auto)-/.test(codeOf(text, { strings: true })) && (STARTED.test(codeOf(text)) || text.includes("@opentelemetry/auto-instrumentations-node/register"));
  });
}
