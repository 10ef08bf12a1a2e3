import { parse } from "yaml";
import { docs } from "../../../components/workflows/continuous/docs.ts";
import type { DocsOptions } from "../../../components/workflows/continuous/docs.ts";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import type { Pipeline, Repository } from "../../../components/workflows/kit/index.ts";
import { continuous } from "../../../settings/schema/workflows/continuous.ts";
import { repository } from "../repository.ts";

function made(options: object = {}, changes: Partial<Repository> = {}): Pipeline {
  return docs(continuous.docs.parse(options) as DocsOptions, repository(changes));
}

const rendered = (options: object = {}, changes: Partial<Repository> = {}) => parse(renderWorkflow(made(options, changes).workflows[0]!));
const NOT_A_PULL_REQUEST = "${{ github.event_name != 'pull_request' }}";

describe("docs", () => {
  it("runs where the documentation changes, and only builds it for a pull request", () => {
    const { on, jobs } = rendered();
    const paths = ["docs/**", "mkdocs.yml", ".github/workflows/docs.yml"];
    expect(on).toEqual({ push: { branches: ["main"], paths }, pull_request: { paths }, workflow_dispatch: null });
    expect(jobs.build).not.toHaveProperty("if");
    expect(jobs.build.steps.map(({ run, if: condition }: { run?: string; if?: string }) => run ?? condition).slice(-2)).toEqual(["mkdocs build --strict", NOT_A_PULL_REQUEST]);
    expect(jobs.deploy).toMatchObject({ if: NOT_A_PULL_REQUEST, needs: ["build"] });
  });

  it("lets only the last job publish, by its identity", () => {
    const { jobs } = rendered();
    expect(jobs.build.permissions).toEqual({ contents: "read" });
    expect(jobs.deploy.permissions).toEqual({ "id-token": "write", pages: "write" });
    expect(jobs.deploy.environment).toEqual({ name: "github-pages", url: "${{ steps.deploy.outputs.page_url }}" });
    const own = { environments: { "github-pages": { url: "https://docs.example.com", reviewed: false, waitMinutes: 0, approvals: "" } } };
    expect(rendered({}, own).jobs.deploy.environment.url).toBe("https://docs.example.com");
  });

  it("keeps a version for each stable tag with mike, and publishes them all", () => {
    const { on, jobs } = rendered({ versions: { kind: "mike" } });
    expect(on.push.tags).toEqual(["v[0-9]+.[0-9]+.[0-9]+"]);
    expect(Object.keys(jobs)).toEqual(["build", "version", "deploy"]);
    expect(jobs.version).toMatchObject({ if: NOT_A_PULL_REQUEST, permissions: { contents: "write" } });
    expect(jobs.version.steps.slice(-2)).toEqual([
      { name: "Add it to the others", env: { BRANCH: "gh-pages", GH_TOKEN: "${{ github.token }}" }, run: "bash .github/scripts/docs-version.sh pages" },
      { name: "Hand it to Pages", uses: expect.stringMatching(/^actions\/upload-pages-artifact@/), with: { path: "pages" } },
    ]);
    expect(jobs.build.steps.at(-1).run).toBe("mkdocs build --strict");
  });

  it("has one publication at a time, and pull requests wait for none", () => {
    expect(rendered().concurrency).toEqual({ group: "docs-${{ github.event_name == 'pull_request' && github.ref || 'pages' }}", "cancel-in-progress": false });
  });

  it("makes the site where it is asked to: Material, search, the API out of the code, versions", () => {
    const site = { name: "Shop", url: "https://shop.example.com/", packages: ["shop"] };
    const { files = {} } = made({ site, versions: { kind: "mike" } });
    expect(Object.keys(files)).toEqual(["mkdocs.yml", "docs/requirements.txt"]);
    const mkdocs = parse(files["mkdocs.yml"] ?? "");
    expect(mkdocs).toMatchObject({ site_name: "Shop", repo_url: "https://github.com/acme/shop", theme: { name: "material" }, extra: { version: { provider: "mike" } } });
    expect(mkdocs.plugins.map((plugin: string | object) => (typeof plugin === "string" ? plugin : Object.keys(plugin)[0]))).toEqual(["search", "api-autonav", "mkdocstrings", "mike"]);
    expect(mkdocs.plugins[1]["api-autonav"].modules).toEqual(["shop"]);
    expect(files["docs/requirements.txt"]?.split("\n").filter((line) => line !== "" && !line.startsWith("#")).every((line) => /^[\w[\]-]+==[\d.]+$/.test(line))).toBe(true);
    const plain = parse(made({ site }).files?.["mkdocs.yml"] ?? "");
    expect([plain.extra, plain.plugins.length]).toEqual([undefined, 3]);
  });

  it("leaves the repository's own site alone otherwise", () => {
    expect(made().files).toBeUndefined();
  });
});
