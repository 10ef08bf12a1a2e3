import type { Documents } from "../documents.ts";
import { parseNested } from "../github/configuration.ts";
import { judge, problem } from "../judge.ts";
import type { Problem } from "../judge.ts";
import { ServiceError } from "../kinds.ts";
import type { Catalogue, Kind } from "../kinds.ts";
import { loadSchema } from "../schema.ts";
import type { Schema } from "../schema.ts";
import { UNKNOWN } from "../values.ts";
import type { Revealed } from "../values.ts";
import { installedVersion } from "../versions.ts";
import { dashboardKind } from "./dashboard.ts";
import { folderKind } from "./folder.ts";

/** The types that are served; the real provider has hundreds. */
const KINDS: Record<string, (schema: Schema, documents: Documents) => Kind> = {
  "grafana:oss/folder:Folder": folderKind,
  "grafana:oss/dashboard:Dashboard": dashboardKind,
};

/** The grafana provider: folders and dashboards of one organisation. */
export function grafanaCatalogue(documents: Documents): Catalogue {
  const schema = loadSchema("grafana");
  const kinds = new Map(Object.entries(KINDS).map(([token, kind]) => [token, kind(schema, documents)]));
  return {
    name: "grafana",
    version: installedVersion("grafana", "@pulumiverse"),
    checkConfiguration: (inputs) => configurationProblems(schema, inputs),
    kind: (token) => kinds.get(token),
    invoke: (token) => {
      throw new ServiceError(`${token}: is not served by the sandbox, got a call of it; leave the provider grafana out of the sandbox to use the real one`);
    },
  };
}

/** The engine's own, which it hands to every provider that a program makes. */
const ENGINES = { version: { type: "string" }, pluginDownloadURL: { type: "string" } };

function configurationProblems(schema: Schema, given: Revealed): Problem[] {
  const specifications = { ...schema.provider.inputProperties, ...ENGINES };
  const inputs = parseNested(given, specifications);
  const { url } = inputs.plain;
  const wrong = judge(schema, { inputProperties: specifications, requiredInputs: ["auth", "url"] }, inputs, "Provider");
  if (wrong.length > 0 || url === UNKNOWN || (typeof url === "string" && /^https?:\/\//.test(url))) return wrong;
  return [problem(["url"], "must be a web address", url, "give e.g. https://grafana.example.com")];
}
