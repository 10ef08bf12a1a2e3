import { parse } from "yaml";
import { communityFiles } from "../../../components/workflows/community/files.ts";
import type { Pipeline } from "../../../components/workflows/kit/index.ts";
import { communitySettings } from "../../../settings/schema/workflows/community-files.ts";
import { repository } from "../repository.ts";

const pipeline: Pipeline = {
  workflows: [
    {
      file: "release.yml",
      about: "Releases the shop.",
      document: {
        name: "Release | all",
        on: { workflow_dispatch: { inputs: { version: { description: "Version | such as 1.2.3", required: true, type: "string" }, channel: { description: "Where it goes", type: "choice", options: ["beta", "latest"], default: "beta" } } } },
        concurrency: "queue",
        jobs: { publish: { name: "Publish", environment: "production", timeoutMinutes: 5, steps: [{ name: "Publish", run: "npm publish", env: { TOKEN: "${{ secrets.NPM_TOKEN }}" } }] } },
      },
    },
  ],
};

function files(settings: object, pipelines: readonly Pipeline[] = []): Record<string, string> {
  return communityFiles(communitySettings.parse(settings), repository(), pipelines);
}

function yaml(settings: object, path: string): Record<string, unknown> {
  return parse(files(settings)[path] ?? "");
}

describe("communityFiles", () => {
  it("makes nothing that was not asked for, and no README where there is no workflow", () => {
    expect(files({})).toEqual({});
    expect(Object.keys(files({}, [pipeline]))).toEqual([".github/workflows/README.md"]);
    expect(files({ workflowsReadme: false }, [pipeline])).toEqual({});
  });

  it("is the same twice", () => {
    const all = { dependabot: { updates: [{ ecosystem: "npm" }] }, issueForms: { bug: {}, feature: {} }, pullRequestTemplate: {}, securityPolicy: { versions: [{ version: "1.x" }] } };
    expect(files(all, [pipeline])).toEqual(files(all, [pipeline]));
  });
});

describe("dependabot.yml", () => {
  it("looks weekly at versions that are a week old, groups what it is told to, and asks for no reviewers, which GitHub retired", () => {
    const settings = { dependabot: { updates: [{ ecosystem: "gomod", groups: { patches: { updateTypes: ["patch"] } } }, { ecosystem: "docker", directories: ["/a", "/b"], interval: "monthly", cooldownDays: 10, labels: [], limit: 2, commitType: "build" }] } };
    expect(yaml(settings, ".github/dependabot.yml")).toEqual({
      version: 2,
      updates: [
        {
          "package-ecosystem": "gomod",
          directory: "/",
          schedule: { interval: "weekly" },
          cooldown: { "default-days": 7 },
          groups: { patches: { patterns: ["*"], "update-types": ["patch"] } },
          labels: ["dependencies"],
          "commit-message": { prefix: "chore", include: "scope" },
          "open-pull-requests-limit": 5,
        },
        {
          "package-ecosystem": "docker",
          directories: ["/a", "/b"],
          schedule: { interval: "monthly" },
          cooldown: { "default-days": 10 },
          labels: [],
          "commit-message": { prefix: "build", include: "scope" },
          "open-pull-requests-limit": 2,
        },
      ],
    });
  });
});

describe("CODEOWNERS", () => {
  it("names teams with their organisation, in the order of the settings", () => {
    const { ".github/CODEOWNERS": text = "" } = files({ codeowners: [{ path: "*", teams: ["maintainers"] }, { path: "/deploy/", teams: ["release-team"], users: ["ada"] }] });
    expect(text.split("\n").filter((line) => !line.startsWith("#"))).toEqual(["*        @acme/maintainers", "/deploy/ @acme/release-team @ada", ""]);
  });
});

describe("SECURITY.md", () => {
  const policy = (contact: object) => files({ securityPolicy: { contact, versions: [{ version: "2.x" }, { version: "1.x", supported: false }], answerDays: 1 } })["SECURITY.md"];

  it("leads to GitHub's private form, says which versions get fixes, and when somebody answers", () => {
    expect(policy({ kind: "private-report" })).toContain("[Report it privately](https://github.com/acme/shop/security/advisories/new)");
    expect(policy({ kind: "private-report" })).toContain("| 2.x | yes |\n| 1.x | no |");
    expect(policy({ kind: "private-report" })).toContain("You get an answer within a day.");
  });

  it("names an address where there is no private form", () => {
    expect(policy({ kind: "email", address: "security@example.com" })).toContain("Write to <security@example.com>.");
  });
});

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

describe("PULL_REQUEST_TEMPLATE.md", () => {
  it("asks for tests that were run, and for what the repository adds", () => {
    const { ".github/PULL_REQUEST_TEMPLATE.md": text = "" } = files({ pullRequestTemplate: { tests: ["pytest tests/"], checklist: ["The API page is up to date"] } });
    expect(text.split("\n").filter((line) => line.startsWith("## "))).toEqual(["## What changes, and why", "## Kind of change", "## How it was tested", "## Documentation", "## Breaking changes"]);
    expect(text).toContain("- [ ] `pytest tests/` passes\n");
    expect(text).toContain("- [ ] The API page is up to date\n");
  });
});

describe("workflows/README.md", () => {
  const { ".github/workflows/README.md": text = "" } = files({}, [pipeline]);

  it("lists each workflow with what starts it, where it deploys and the secrets that it reads, by name", () => {
    expect(text).toContain("| [Release \\| all](release.yml) | by hand | `production` | `NPM_TOKEN` |");
  });

  it("says how to run it by hand, with its inputs", () => {
    expect(text).toContain("gh workflow run release.yml --ref main -f version=…\n");
    expect(text).toContain("| `version` | Version \\| such as 1.2.3 |  |  |\n| `channel` | Where it goes | `beta`, `latest` | `beta` |");
  });

  it("draws all of them, then each", () => {
    expect(text.match(/^```mermaid$/gm)).toHaveLength(2);
    expect(text.match(/^```/gm)?.length).toBe(2 * 2 + 2);
  });
});
