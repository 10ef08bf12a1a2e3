import { parseSettings } from "../../settings/parse.ts";
import { problemText } from "../../settings/problem.ts";

/** What is wrong with the section, line by line. */
export function wrong(repositories: object): string[] {
  const section = JSON.stringify(repositories);
  const secrets = section.includes('"secret":"s"') ? ["slipway:s"] : [];
  const parsed = parseSettings({ "github:owner": "acme", "slipway:repositories": section }, new Set(secrets));
  return "problems" in parsed ? parsed.problems.map(problemText) : [];
}
