import { parse } from "yaml";
import { communityFiles } from "../../../components/workflows/community/files.ts";
import { communitySettings } from "../../../settings/schema/workflows/community-files.ts";
import { repository } from "../repository.ts";

function files(settings: object): Record<string, string> {
  return communityFiles(communitySettings.parse(settings), repository(), []);
}

function yaml(settings: object, path: string): Record<string, unknown> {
  return parse(files(settings)[path] ?? "");
}

/** GitHub's rules for forms: https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema */
describe("issue forms", () => {
  const settings = { issueForms: { bug: { environment: ["Version", 'Python "3.x"?'] }, feature: {}, links: [{ name: "Questions", url: "https://example.com", about: "Ask there" }] } };

  it.each([".github/ISSUE_TEMPLATE/bug_report.yml", ".github/ISSUE_TEMPLATE/feature_request.yml"])("keeps %s to what GitHub accepts", (path) => {
    const { name, description, body, ...rest } = yaml(settings, path) as { name: string; description: string; body: { type: string; id?: string; attributes: Record<string, unknown>; validations?: { required: boolean } }[] };
    expect([name.length > 0, description.length > 0, Object.keys(rest)]).toEqual([true, true, ["title", "labels"]]);
    const ids = body.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, id, attributes, validations } of body) {
      expect(["markdown", "textarea", "input", "dropdown", "checkboxes"]).toContain(type);
      expect(id ?? "markdown").toMatch(/^[A-Za-z0-9_-]+$/);
      expect(type === "markdown" ? attributes["value"] : attributes["label"]).toEqual(expect.any(String));
      if (type === "markdown" || type === "checkboxes") expect(validations).toBeUndefined();
    }
    const labels = body.flatMap(({ attributes }) => (typeof attributes["label"] === "string" ? [attributes["label"]] : []));
    expect(new Set(labels).size).toBe(labels.length);
  });

  it("asks for reproduction and environment of a bug, and does not take a report without", () => {
    const { body } = yaml(settings, ".github/ISSUE_TEMPLATE/bug_report.yml") as { body: { id?: string; attributes: { label?: string }; validations?: { required: boolean } }[] };
    expect(body.filter(({ validations }) => validations?.required).map(({ attributes }) => attributes.label)).toEqual(["What happens?", "How to reproduce it", "Version", 'Python "3.x"?']);
  });

  it("asks for problem, solution, use and priority of a wish", () => {
    const { body } = yaml(settings, ".github/ISSUE_TEMPLATE/feature_request.yml") as { body: { id?: string }[] };
    expect(body.map(({ id }) => id)).toEqual(["searched", "problem", "solution", "example", "priority", "alternatives"]);
  });

  it("says where else to go, and that an issue needs a form", () => {
    expect(yaml(settings, ".github/ISSUE_TEMPLATE/config.yml")).toEqual({ blank_issues_enabled: false, contact_links: [{ name: "Questions", url: "https://example.com", about: "Ask there" }] });
    expect(Object.keys(files({ issueForms: { blankIssues: true } }))).toEqual([".github/ISSUE_TEMPLATE/config.yml"]);
  });
});
