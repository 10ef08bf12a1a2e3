// check-licences.mjs <report of pip-licenses>: fails where a dependency's licence is one of DENIED.
import { readFileSync } from "node:fs";
import { fail, input, summary } from "./lib/actions.mjs";
import { deniedBy } from "./lib/licences.mjs";
import { table } from "./lib/markdown.mjs";

const denied = input("DENIED", /^[A-Za-z0-9 .+-]+(,[A-Za-z0-9 .+-]+)*$/, "a list of licences").split(",");
const packages = JSON.parse(readFileSync(process.argv[2], "utf8"));
const refused = packages.filter(({ License: licence }) => deniedBy(licence, denied) !== undefined);
summary(`### Licences\n\n${packages.length} dependencies, ${refused.length} with a licence that is not allowed`);
if (refused.length > 0) {
  summary(table(["Package", "Version", "Licence"], refused.map(({ Name: name, Version: version, License: licence }) => [name, version, licence])));
  fail(`${refused.map(({ Name: name, License: licence }) => `${name} (${licence})`).join(", ")}: the licence is not allowed; replace the dependency, or allow the licence in the stack`);
}
