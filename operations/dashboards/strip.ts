import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

/** A process of its own: Node warns that what it does here is an experiment, and that is nothing for the reader of a command. */
process.stdout.write(JSON.stringify(process.argv.slice(2).map((path) => stripTypeScriptTypes(readFileSync(path, "utf8")))));
