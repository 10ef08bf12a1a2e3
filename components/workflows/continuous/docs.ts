import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Family, Job, Repository, Step, StepsJob } from "../kit/index.ts";
import { siteFiles } from "./docs-site.ts";
import type { Site } from "./docs-site.ts";

/** Builds the documentation with MkDocs at every change, and puts it on GitHub Pages. */
export interface DocsOptions {
  /** Pushes to it are published. */
  branch: string;
  /** Changes of these build it. */
  paths: [string, ...string[]];
  /** Version of Python. */
  python: string;
  versions:
    /** One documentation, that of the branch. */
    | { kind: "latest" }
    /** One for each minor version with mike, `latest` for the newest, `dev` for the branch; a branch keeps them all. */
    | { kind: "mike"; tags: [string, ...string[]]; keepBranch: string };
  /** Environment of GitHub Pages. */
  environment: string;
  /** Absent: mkdocs.yml and docs/requirements.txt are the repository's own. */
  site?: Site | undefined;
}

const FOLDER = "pages";
const NOT_A_PULL_REQUEST = "${{ github.event_name != 'pull_request' }}";

export const docs: Family<DocsOptions> = (options, repository) => ({
  workflows: [
    {
      file: "docs.yml",
      about: "Builds the documentation, where a broken link fails, and puts it on GitHub Pages; pull requests only build it.",
      document: {
        name: "Docs",
        on: {
          push: { branches: [options.branch], ...(options.versions.kind === "mike" && { tags: options.versions.tags }), paths: options.paths },
          pull_request: { paths: options.paths },
          workflow_dispatch: {},
        },
        concurrency: { group: "docs-${{ github.event_name == 'pull_request' && github.ref || 'pages' }}", cancel: false },
        jobs: jobs(options, repository),
      },
    },
  ],
  ...(options.site && { files: siteFiles(options.site, options.versions.kind === "mike", repository) }),
});

function jobs(options: DocsOptions, repository: Repository): Record<string, Job> {
  const { versions } = options;
  return {
    build: {
      name: "Build",
      timeoutMinutes: 10,
      steps: [checkout(), ...tools(options), { name: "Build", run: "mkdocs build --strict" }, ...(versions.kind === "latest" ? upload("site") : [])],
    },
    ...(versions.kind === "mike" && { version: versionJob(options, versions.keepBranch) }),
    deploy: deployJob(versions.kind === "mike" ? "version" : "build", options, repository),
  };
}

/** Without a cache: what is published comes from the commit and the index alone. */
function tools({ python }: DocsOptions): Step[] {
  return [
    { name: "Set up Python", uses: pinned("actions/setup-python"), with: { "python-version": python } },
    { name: "Install MkDocs", run: "python -m pip install --requirement docs/requirements.txt" },
  ];
}

function upload(path: string): Step[] {
  return [{ name: "Hand it to Pages", if: NOT_A_PULL_REQUEST, uses: pinned("actions/upload-pages-artifact"), with: { path } }];
}

function versionJob(options: DocsOptions, branch: string): StepsJob {
  return {
    name: "Add the version",
    needs: ["build"],
    if: NOT_A_PULL_REQUEST,
    timeoutMinutes: 10,
    steps: [
      checkout({ fetchDepth: 0 }), // the branch of all versions, and the tags
      ...tools(options),
      runScript("docs-version.sh", {
        name: "Add it to the others",
        env: { BRANCH: branch, GH_TOKEN: "${{ github.token }}" },
        grants: { contents: ["write", "push the branch of all versions"] },
      }, FOLDER),
      { name: "Hand it to Pages", uses: pinned("actions/upload-pages-artifact"), with: { path: FOLDER } },
    ],
  };
}

function deployJob(needs: string, { environment }: DocsOptions, repository: Repository): StepsJob {
  const url = repository.environments[environment]?.url ?? "${{ steps.deploy.outputs.page_url }}";
  return {
    name: "Publish",
    needs: [needs],
    if: NOT_A_PULL_REQUEST,
    timeoutMinutes: 10,
    environment: { name: environment, url },
    steps: [
      { name: "Configure Pages", uses: pinned("actions/configure-pages"), grants: { pages: ["write", "publish the site"] } },
      {
        name: "Publish",
        id: "deploy",
        uses: pinned("actions/deploy-pages"),
        grants: { pages: ["write", "publish the site"], "id-token": ["write", "prove to Pages who publishes"] },
      },
    ],
  };
}
