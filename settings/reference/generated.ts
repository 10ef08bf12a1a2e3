import { runbookPages } from "../../components/observability/runbooks.ts";
import { referencePage } from "./page.ts";
import { stackSchema } from "./stack-schema.ts";

/** Everything that is derived from the schema and from the alerts: path from the project's root → text. */
export function generated(): Record<string, string> {
  return {
    "settings/stack.schema.json": `${JSON.stringify(stackSchema(), undefined, 1)}\n`,
    "docs/reference/settings.md": referencePage(),
    ...Object.fromEntries(Object.entries(runbookPages()).map(([name, text]) => [`docs/runbooks/${name}`, text])),
  };
}
