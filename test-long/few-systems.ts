import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { repository } from "./room.ts";

const REPOSITORIES = ["continuum", "cortex-os", "workspace-qdrant-mcp"];
const SERVICES = ["cortex-mcp-server"];
const NAMESPACES = ["cortex"];

/** Writes the sandbox stack with three of its repositories, without their workflows, and one service: every type of resource, a third of the resources. */
export function configureFew(folder: string): void {
  const { config, ...rest }: { config: Record<string, Record<string, Record<string, unknown>>> } = parse(readFileSync(join(repository, "Pulumi.sandbox.yaml"), "utf8"));
  const section = (name: string, kept: readonly string[]): Record<string, Record<string, unknown>> => Object.fromEntries(Object.entries(config[`slipway:${name}`] ?? {}).filter(([key]) => kept.includes(key)));
  const repositories = Object.fromEntries(Object.entries(section("repositories", REPOSITORIES)).map(([name, { workflows: _workflows, community: _community, ...settings }]) => (
    [name, { ...settings, ...(settings["files"] !== undefined && { files: { ...Object(settings["files"]), content: { "docs/page.md": "words\n" } } }) }]
  )));
  const sections = { "slipway:repositories": repositories, "slipway:services": section("services", SERVICES), "slipway:namespaces": section("namespaces", NAMESPACES) };
  const named = JSON.stringify(sections);
  const secrets = Object.fromEntries(Object.entries(config).filter(([key, value]) => typeof value === "object" && "secure" in value && (key === "slipway:fingerprintKey" || named.includes(`{"secret":"${key.replace("slipway:", "")}"}`))));
  writeFileSync(join(folder, "Pulumi.sandbox.yaml"), stringify({ config: { "github:owner": config["github:owner"], ...sections, ...secrets }, ...rest }, { lineWidth: 0 }));
}
