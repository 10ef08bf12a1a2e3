import { parse } from "yaml";
import { updateHomebrew } from "../../../components/workflows/npm/update-homebrew.ts";
import type { Tap, UpdateHomebrewOptions } from "../../../components/workflows/npm/update-homebrew.ts";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import { className, formula, withRelease } from "../../../components/workflows/scripts/lib/homebrew.mjs";
import { repository } from "../repository.ts";
import { scriptRoom, serve } from "../script-room.ts";
import type { Ran, Server } from "../script-room.ts";

const about = { program: "my-tool", description: 'A "quick" #{tool}', homepage: "https://example.com", licence: "MIT", repository: "https://github.com/acme/my-tool", branch: "main", source: "./cmd/my-tool", versionVariable: "main.version" };
const first = formula(about);
const sum = (digit: string): string => digit.repeat(64);
const sums = new Map([["my-tool-macos-arm64", sum("a")], ["my-tool-macos-amd64", sum("b")], ["my-tool-linux-amd64", sum("c")], ["my-tool-windows-amd64.exe", sum("d")]]);
const release = { program: "my-tool", version: "1.2.3", downloads: "https://github.com/acme/my-tool/releases/download/v1.2.3", sums };

describe("the formula", () => {
  it("builds the newest code before there is a release", () => {
    expect(first).toMatch(/^class MyTool < Formula\n {2}desc "A \\"quick\\" \\#\{tool\}"\n/);
    expect(first).toContain('  head do\n    url "https://github.com/acme/my-tool.git", branch: "main"\n    depends_on "go" => :build\n  end\n');
    expect(first).not.toContain("sha256");
  });

  it("has the address and checksum of each system and processor that the release has", () => {
    expect(withRelease(first, release)).toContain(`  # Written at each release by update-homebrew.yml.
  version "1.2.3"

  on_macos do
    on_arm do
      url "https://github.com/acme/my-tool/releases/download/v1.2.3/my-tool-macos-arm64"
      sha256 "${sum("a")}"
    end

    on_intel do
      url "https://github.com/acme/my-tool/releases/download/v1.2.3/my-tool-macos-amd64"
      sha256 "${sum("b")}"
    end
  end

  on_linux do
    on_intel do
      url "https://github.com/acme/my-tool/releases/download/v1.2.3/my-tool-linux-amd64"
      sha256 "${sum("c")}"
    end
  end

  # End of the release
`);
  });

  it("forgets the last release with the next, and is the same when written twice", () => {
    const next = { ...release, version: "1.3.0", downloads: "https://example.com/v1.3.0" };
    expect(withRelease(withRelease(first, release), next)).toBe(withRelease(first, next));
    expect(withRelease(first, next)).not.toContain("1.2.3");
  });

  it("closes each block", () => {
    const text = withRelease(first, release);
    expect(text.match(/^ *(class|def|if|on_\w+ do|head do|test do)\b/gm)).toHaveLength(text.match(/^ *end$/gm)?.length ?? 0);
  });

  it("is not written for a release without a program, nor where a person took its place away", () => {
    expect(() => withRelease(first, { ...release, sums: new Map() })).toThrow("the release has no program my-tool for macOS or Linux");
    expect(() => withRelease("class MyTool < Formula\nend\n", release)).toThrow("the formula has no place for a release; let the stack write it again");
  });

  it.each([["tool", "Tool"], ["my-tool", "MyTool"], ["a_b.c2", "ABC2"]])("of %s is class %s", (program, name) => {
    expect(className(program)).toBe(name);
  });
});

describe("updating the formula", () => {
  const list = [...sums].map(([name, value]) => `${value}  ${name}\n`).join("");

  async function update(script: string, env: Record<string, string>, assets = [{ id: 3, name: "SHA256SUMS" }]): Promise<Ran & { github: Server; text: string }> {
    const made = scriptRoom();
    made.write("homebrew/my-tool.rb", first);
    const github = await serve(({ method, path }) => {
      if (path.endsWith("/releases/tags/v1.2.3")) return { body: { assets } };
      if (path.endsWith("/releases/assets/3")) return { body: list };
      if (method === "GET" && path.endsWith("/git/ref/heads/main")) return { body: { object: { sha: "head" } } };
      if (method === "GET" && path.includes("/git/commits/")) return { body: { tree: { sha: "base-tree" } } };
      if (method === "GET" && path.includes("/pulls?")) return { body: [] };
      return method === "GET" ? undefined : { body: { sha: "made", number: 5 } };
    });
    const ran = await made.run(script, { GITHUB_API_URL: github.url, GITHUB_TOKEN: "t0ken", TAG: "v1.2.3", PROGRAM: "my-tool", FORMULA: "homebrew/my-tool.rb", GITHUB_REPOSITORY: "acme/my-tool", ...env });
    return { ...ran, github, text: made.read("homebrew/my-tool.rb") };
  }

  it("takes the checksums from the release's own list", async () => {
    const { code, text, github } = await update("write-formula.mjs", {});
    expect({ code, text }).toEqual({ code: 0, text: withRelease(first, release) });
    expect(github.requests[1]?.headers["accept"]).toBe("application/octet-stream");
  });

  it("writes nothing for a release without checksums", async () => {
    const { code, stderr, text } = await update("write-formula.mjs", {}, []);
    expect({ code, stderr, text }).toEqual({ code: 1, stderr: "::error::v1.2.3: its release has no SHA256SUMS; publish it with the release workflow\n", text: first });
  });

  it.each(["v1.2.3-beta.1", "main", "v1.2.3;id"])("writes nothing for %p", async (TAG) => {
    expect(await update("write-formula.mjs", { TAG })).toMatchObject({ code: 1, text: first });
  });

  it("commits to a tap without force", async () => {
    const { code, github } = await update("commit-formula.mjs", { TAP: "acme/homebrew-tap", BRANCH: "main", DELIVER: "commit" });
    expect(code).toBe(0);
    expect(github.requests[2]?.body).toEqual({ base_tree: "base-tree", tree: [{ path: "Formula/my-tool.rb", mode: "100644", type: "blob", content: first }] });
    expect(github.requests[3]?.body).toEqual({ message: "my-tool 1.2.3", tree: "made", parents: ["head"] });
    expect(github.requests[4]).toMatchObject({ method: "PATCH", path: "/repos/acme/homebrew-tap/git/refs/heads/main", body: { sha: "made", force: false } });
  });

  it("opens a pull request in this repository", async () => {
    const { github } = await update("commit-formula.mjs", { TAP: "acme/my-tool", BRANCH: "main", DELIVER: "pull-request" });
    expect(github.requests.at(-1)).toMatchObject({ method: "POST", path: "/repos/acme/my-tool/pulls", body: { head: "homebrew/v1.2.3", base: "main", title: "my-tool 1.2.3" } });
  });
});

describe("update-homebrew.yml", () => {
  const options = (tap: Tap): UpdateHomebrewOptions => ({ description: "A shop", licence: "MIT", versionVariable: "main.version", tap });
  const made = (tap: Tap) => updateHomebrew(options(tap), repository()).workflows.map((file) => parse(renderWorkflow(file)))[0];

  it("runs for published releases and by hand, and delivers the first formula", () => {
    expect(made({ kind: "own" }).on).toEqual({ release: { types: ["published"] }, workflow_dispatch: null });
    expect(updateHomebrew(options({ kind: "own" }), repository()).files?.["homebrew/shop.rb"]).toContain("class Shop < Formula\n");
  });

  it("gives the token of a tap to the step that commits to it, and no right to write here", () => {
    const { formula: job } = made({ kind: "repository", owner: "acme", name: "homebrew-tap", branch: "main", token: "TAP_TOKEN" }).jobs;
    expect(job.permissions).toEqual({ contents: "read" });
    expect(job.steps.map(({ env }: { env?: Record<string, string> }) => env?.["GITHUB_TOKEN"])).toEqual([undefined, "${{ github.token }}", "${{ secrets.TAP_TOKEN }}"]);
    expect(job.steps[2].env).toMatchObject({ TAP: "acme/homebrew-tap", DELIVER: "commit" });
  });

  it("opens pull requests where the tap is this repository", () => {
    const { formula: job } = made({ kind: "own" }).jobs;
    expect(job.permissions).toEqual({ contents: "write", "pull-requests": "write" });
    expect(job.steps[2].env).toMatchObject({ TAP: "acme/shop", DELIVER: "pull-request", BRANCH: "main" });
  });
});
