import { rowsOf } from "./rows.ts";
import type { Row } from "./rows.ts";
import { sectionsJson } from "./stack-schema.ts";
import type { Schema } from "./stack-schema.ts";
import { formsOf, isSchema, referenceOf } from "./types.ts";

const HEAD = `# Settings

Generated from the schema by \`node settings/generate.ts\`; a test fails when it is stale.

A stack's file, \`Pulumi.<stack>.yaml\`, holds these keys under \`config:\`. A section that it lacks is not managed by the stack.
Every key below is checked; an unknown one is refused. Where "absent" is empty, the meaning says what absence does.

| key | type | absent | meaning |
|---|---|---|---|
| \`github:owner\` | text | required | The organisation or user that owns the repositories and the images |
| \`slipway:repositories\` | map | | [Repositories](#repositories) by name |
| \`slipway:namespaces\` | map | | [Namespaces](#namespaces) by name |
| \`slipway:services\` | map | | [Services](#services) by name |
| \`slipway:grafana\` | map | | How the dashboards get into [Grafana](#grafana) |
| \`slipway:drift\` | map | | What the search for [drift](#drift) passes over |
| \`slipway:policy\` | map | | What the [policies](#policy) of docs/policy.md allow here |
| \`slipway:fingerprintKey\` | secret | | Needed as soon as a service names a secret: its fingerprint under this key, of at least 32 characters, tells revisions apart |
| \`slipway:<key>\` | secret | | Each secret that a section names as \`{ secret: <key> }\`; set with \`pulumi config set --secret\` |

For one update, \`SLIPWAY_INSTRUCTIONS\` in the environment carries what operations ask of releases; people do not set it.
`;

/** The reference page: a table a section, then a table for each form that several settings share. */
export function referencePage(): string {
  const schema = sectionsJson();
  const forms = formsOf(schema);
  const sections = Object.entries(schema.properties ?? {}).map(([name, section]) => sectionTable(name, section, forms));
  return [HEAD, ...sections, ...[...forms].map(([name, form]) => table(name, `${form.description}.`, rowsOf(form, "")))].join("\n");
}

// A form that is a section's entry is shown there, and not a second time among the shared ones.
function sectionTable(name: string, section: unknown, forms: Map<string, Schema>): string {
  const entry = isSchema(section) && isSchema(section.additionalProperties) ? section.additionalProperties : isSchema(section) ? section : {};
  const form = referenceOf(entry) ?? "";
  const resolved = forms.get(form) ?? entry;
  forms.delete(form);
  return table(name, `${isSchema(section) ? section.description : ""}.`, rowsOf(resolved, ""));
}

function table(name: string, intro: string, rows: readonly Row[]): string {
  const lines = rows.map(({ key, type, absent, meaning }) => `| ${[`\`${key}\``, type, absent, meaning].map(cell).join(" | ")} |`);
  return [`## ${name}`, "", intro, "", "| key | type | absent | meaning |", "|---|---|---|---|", ...lines, ""].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
