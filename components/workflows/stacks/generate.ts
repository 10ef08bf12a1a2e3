import { mkdirSync, writeFileSync } from "node:fs";
import { stacksFiles } from "./index.ts";
import { OWN } from "./own.ts";

for (const [path, text] of Object.entries(stacksFiles(OWN))) {
  const file = new URL(`../../../${path}`, import.meta.url);
  mkdirSync(new URL(".", file), { recursive: true });
  writeFileSync(file, text);
}
