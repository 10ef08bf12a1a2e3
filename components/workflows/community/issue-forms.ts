import { configFile } from "./config-file.ts";

/** Forms for new issues. */
export interface IssueFormsSettings {
  bug?: { labels: string[]; environment: string[] } | undefined;
  feature?: { labels: string[] } | undefined;
  /** People may open an issue without a form. */
  blankIssues: boolean;
  /** Other places to go, beside the forms. */
  links: { name: string; url: string; about: string }[];
}

const FOLDER = ".github/ISSUE_TEMPLATE";

export function issueFormFiles({ bug, feature, blankIssues, links }: IssueFormsSettings): Record<string, string> {
  const choices = { blank_issues_enabled: blankIssues, ...(links.length > 0 && { contact_links: links }) };
  return {
    ...(bug && { [`${FOLDER}/bug_report.yml`]: configFile("The form for a report of a bug.", bugForm(bug)) }),
    ...(feature && { [`${FOLDER}/feature_request.yml`]: configFile("The form for a wish.", featureForm(feature)) }),
    [`${FOLDER}/config.yml`]: configFile("What people may choose when they open an issue.", choices),
  };
}

function bugForm({ labels, environment }: NonNullable<IssueFormsSettings["bug"]>): object {
  return {
    name: "Bug report",
    description: "Something does not work as it should",
    title: "[Bug]: ",
    labels,
    body: [
      { type: "markdown", attributes: { value: "Thank you for the report. Please leave passwords, tokens and private data out of it." } },
      checked("searched", "Before you go on", "I have looked for an issue about this and found none"),
      textarea("what", "What happens?", "What you see, and what you expected instead.", true),
      textarea("steps", "How to reproduce it", "The shortest way there that you know.", true, "1. …\n2. …\n3. …"),
      ...environment.map((name, index) => ({ type: "input", id: `environment-${index + 1}`, attributes: { label: name }, validations: { required: true } })),
      { type: "textarea", id: "logs", attributes: { label: "Logs", description: "They become a block of code by themselves.", render: "shell" } },
    ],
  };
}

function featureForm({ labels }: NonNullable<IssueFormsSettings["feature"]>): object {
  return {
    name: "Feature request",
    description: "Something that you could do with it, and cannot yet",
    title: "[Feature]: ",
    labels,
    body: [
      checked("searched", "Before you go on", "I have looked for an issue about this and found none"),
      textarea("problem", "What is the problem?", "What you want to do, and what is in the way.", true),
      textarea("solution", "What would solve it?", "How you would like it to work.", true),
      textarea("example", "How would you use it?", "An example: a command, a call, a piece of configuration.", false),
      {
        type: "dropdown",
        id: "priority",
        attributes: { label: "How much does it matter to you?", options: ["It would be nice", "It would save me time again and again", "I cannot go on without it"] },
        validations: { required: true },
      },
      textarea("alternatives", "What else have you tried?", "Ways around it, other tools.", false),
    ],
  };
}

function textarea(id: string, label: string, description: string, required: boolean, value?: string): object {
  return { type: "textarea", id, attributes: { label, description, ...(value !== undefined && { value }) }, validations: { required } };
}

function checked(id: string, label: string, option: string): object {
  return { type: "checkboxes", id, attributes: { label, options: [{ label: option, required: true }] } };
}
