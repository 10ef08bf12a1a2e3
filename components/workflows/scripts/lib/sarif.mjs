// Findings in the form that GitHub shows under Security.

/** A report of one tool. `findings`: `{ rule, title, message, path, line, severity }`, severity from 0 to 10. */
export function sarif(tool, url, findings) {
  const rules = new Map(findings.map(({ rule, title, help, severity }) => [rule, { id: rule, shortDescription: { text: title }, help: { text: help ?? title }, properties: { "security-severity": severity.toFixed(1), tags: ["security"] } }]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver: { name: tool, informationUri: url, rules: [...rules.values()] } }, results: findings.map(result) }],
  };
}

function result({ rule, message, path, line }) {
  const physicalLocation = { artifactLocation: { uri: path }, region: { startLine: line } };
  return { ruleId: rule, level: "error", message: { text: message }, locations: [{ physicalLocation }] };
}
