/** What every pull request says of itself. */
export interface PullRequestTemplateSettings {
  /** Commands that its author has run, such as `pytest`. */
  tests: string[];
  /** What else is asked, a question or a task a line. */
  checklist: string[];
}

export function pullRequestTemplateFile({ tests, checklist }: PullRequestTemplateSettings): string {
  const boxes = (lines: readonly string[]): string => lines.map((line) => `- [ ] ${line}`).join("\n");
  return `<!-- The title decides the next version: "feat: …", "fix: …", "docs: …"; "feat!: …" where users have to do something. -->

## What changes, and why

<!-- Fixes #… -->

## Kind of change

${boxes(["Fix of a bug", "New feature", "Breaking change", "Documentation", "Upkeep: build, tests, dependencies"])}

## How it was tested

${boxes([...tests.map((command) => `\`${command}\` passes`), "New behaviour has a test that fails without it"])}

## Documentation

${boxes(["The documentation and the changelog say what users notice, or they notice nothing", ...checklist])}

## Breaking changes

<!-- What users have to do, with an example before and after. "None" where there is nothing. -->
`;
}
