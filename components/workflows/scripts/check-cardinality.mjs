// Finds labels of LABELS in the metrics of SOURCES and in the rules of RULES, each at its line.
import { readFileSync } from "node:fs";
import { codeUses, ruleUses } from "./lib/cardinality.mjs";
import { input } from "./lib/actions.mjs";
import { lineAt, tellPlaces } from "./lib/places.mjs";
import { patterns, tracked } from "./lib/tracked.mjs";

const forbidden = input("LABELS", /^[A-Za-z_]\w*(,[A-Za-z_]\w*)*$/, "a list of labels").split(",");
const code = tracked(patterns("SOURCES")).filter((file) => /\.([cm]?[jt]sx?|py)$/.test(file));
const rules = tracked(patterns("RULES"));
const found = [
  ...code.flatMap((file) => places(file, (text) => codeUses(text, forbidden, file.endsWith(".py")))),
  ...rules.flatMap((file) => places(file, (text) => ruleUses(text, forbidden))),
];
tellPlaces(found, `${code.length} files of code and ${rules.length} of rules`, "leave the label out, or count into few groups");

function places(file, uses) {
  const text = readFileSync(file, "utf8");
  return uses(text).map(({ at, label }) => ({ file, line: lineAt(text, at), message: `label ${label} has a value for each of many: every value is a series of its own` }));
}
