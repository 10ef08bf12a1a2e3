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
