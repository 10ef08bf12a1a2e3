// The notes of an MCP server's release: how to get it, how to trust it, how to use it, what is new.
import { plain } from "./markdown.mjs";

const fenced = (language, text) => `\`\`\`${language}\n${text}\n\`\`\``;

/**
 * @param {{ title: string, server: string, image: string, digest: string, version: string, platforms: readonly string[], identity: string, changes: readonly string[], documentation?: string }} release
 * @returns {string}
 */
export function mcpNotes({ title, server, image, digest, version, platforms, identity, changes, documentation }) {
  const reference = `${image}:v${version}`;
  const args = ["run", "--rm", "-i", reference];
  return [
    `## ${title} ${version}`,
    fenced("bash", `docker pull ${reference}`),
    `Digest \`${digest}\`, for ${platforms.join(" and ")}.`,
    "### Claude Desktop",
    fenced("json", JSON.stringify({ mcpServers: { [server]: { command: "docker", args } } }, undefined, 2)),
    "### Codex CLI",
    fenced("toml", `[mcp_servers.${server}]\ncommand = "docker"\nargs = ${JSON.stringify(args).replaceAll(",", ", ")}`),
    "### Verify",
    fenced("bash", `cosign verify ${image}@${digest} \\\n  --certificate-identity ${identity} \\\n  --certificate-oidc-issuer https://token.actions.githubusercontent.com`),
    `What is in the image is listed in \`sbom.spdx.json\` below.`,
    "### Requirements",
    `Docker on ${platforms.join(" or ")}, and a client that speaks MCP over standard input and output.${documentation ? ` [Documentation](${documentation}).` : ""}`,
    "### Changes",
    changes.length > 0 ? changes.map((change) => `- ${plain(change)}`).join("\n") : "None in the package itself.",
  ].join("\n\n") + "\n";
}
