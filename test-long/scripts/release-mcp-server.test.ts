import { scriptRoom } from "../../test/workflows/script-room.ts";

const DIGEST = `sha256:${"0a".repeat(32)}`;

/** A package with a release, and commits since; `gh` writes down what it is asked. */
function released(subjects: string[], known: string[] = []) {
  const room = scriptRoom();
  const git = room.repository("repository");
  git.commit("feat: first", { "packages/mcp-server/a": "1" });
  git.tag("mcp-server-v1.0.0");
  git.tag("v9.0.0");
  git.commit("docs: something else", { "README.md": "1" });
  const commits = subjects.map((subject, at) => git.commit(subject, { "packages/mcp-server/a": `change ${at}` }));
  const sha = commits.at(-1) ?? git.git("rev-parse", "HEAD");
  room.program("gh", `if [ "$1 $2" = "release list" ]; then printf '%s\\n' ${known.join(" ") || '""'}; exit; fi\nprintf '%s\\0' "$@" >> "$ASKED"\nprintf '\\n' >> "$ASKED"`);
  const run = (env: Record<string, string> = {}) =>
    room.run(
      "release-mcp-server.mjs",
      {
        ASKED: room.path("asked"),
        VERSION: "1.1.0",
        NEWEST: "true",
        TAG_PREFIX: "mcp-server-v",
        PACKAGE: "packages/mcp-server",
        TITLE: "Cortex MCP server",
        SERVER: "brainwav-cortex",
        IMAGE: "ghcr.io/acme/cortex-mcp",
        DIGEST,
        PLATFORMS: "linux/amd64,linux/arm64",
        IDENTITY: "https://github.com/acme/cortex/.github/workflows/mcp-server-release.yml@refs/tags/mcp-server-v1.1.0",
        GITHUB_SHA: sha,
        ...env,
      },
      ["sbom.spdx.json"],
      { cwd: git.folder },
    );
  const asked = () => room.read("asked").trim().split("\n").map((line) => line.split("\0").slice(0, -1));
  return { room, run, asked, sha };
}

describe("release-mcp-server", () => {
  it("publishes a release at the commit with the list of contents", async () => {
    const { run, asked, sha } = released(["feat: more"]);
    expect(await run()).toMatchObject({ code: 0, stderr: "" });
    const [[...words] = []] = asked();
    expect(words.filter((word) => !word.endsWith("notes.md"))).toEqual(["release", "create", "mcp-server-v1.1.0", "sbom.spdx.json", "--target", sha, "--title", "Cortex MCP server 1.1.0", "--notes-file", "--prerelease=false", "--latest=true"]);
  });

  it("mends the release on a second run", async () => {
    const { run, asked } = released(["feat: more"], ["mcp-server-v1.0.0", "mcp-server-v1.1.0"]);
    expect((await run({ NEWEST: "false" })).code).toBe(0);
    expect(asked().map((words) => words.slice(0, 4))).toEqual([["release", "edit", "mcp-server-v1.1.0", "--title"], ["release", "upload", "mcp-server-v1.1.0", "--clobber"]]);
    expect(asked()[0]?.slice(-2)).toEqual(["--prerelease=false", "--latest=false"]);
  });

  it("marks a prerelease", async () => {
    const { run, asked } = released(["feat: more"]);
    await run({ VERSION: "1.1.0-rc.1", NEWEST: "false" });
    expect(asked()[0]?.slice(-2)).toEqual(["--prerelease=true", "--latest=false"]);
  });

  it("says how to get it, how to use it from Claude Desktop and Codex, and how to verify it", async () => {
    const { summary } = await released(["feat: more"]).run({ DOCUMENTATION: "https://docs.example.com/mcp" });
    const blocks = [...summary.matchAll(/```(\w+)\n([\s\S]*?)\n```/g)].map(([, language, text = ""]) => [language, text] as const);
    expect(blocks.map(([language]) => language)).toEqual(["bash", "json", "toml", "bash"]);
    expect(blocks[0]?.[1]).toBe("docker pull ghcr.io/acme/cortex-mcp:v1.1.0");
    expect(JSON.parse(blocks[1]?.[1] ?? "")).toEqual({ mcpServers: { "brainwav-cortex": { command: "docker", args: ["run", "--rm", "-i", "ghcr.io/acme/cortex-mcp:v1.1.0"] } } });
    expect(blocks[2]?.[1]).toBe('[mcp_servers.brainwav-cortex]\ncommand = "docker"\nargs = ["run", "--rm", "-i", "ghcr.io/acme/cortex-mcp:v1.1.0"]');
    expect(blocks[3]?.[1]).toContain(`cosign verify ghcr.io/acme/cortex-mcp@${DIGEST} \\\n  --certificate-identity https://github.com/acme/cortex/.github/workflows/mcp-server-release.yml@refs/tags/mcp-server-v1.1.0`);
    expect(summary).toContain("[Documentation](https://docs.example.com/mcp)");
  });

  it("lists what changed in the package since its last release, and nothing of other packages or tags", async () => {
    const { summary } = await released(["feat: more", "fix: less"]).run();
    expect(summary.split("### Changes\n\n")[1]?.trim().split("\n")).toEqual(["- fix: less", "- feat: more"]);
    expect((await released([]).run()).summary).toContain("None in the package itself.");
  });

  it("shows hostile subjects as they are", async () => {
    const { run, room } = released(["feat: $(touch pwned) `touch pwned`", "fix: <script>x</script> @ada [a](javascript:b) ::error::no", "chore: ü 日本"]);
    const { summary, stdout } = await run();
    expect(room.exists("pwned") || room.exists("repository/pwned")).toBe(false);
    const changes = summary.split("### Changes")[1] ?? "";
    expect(changes).not.toMatch(/<script>|@ada|\]\(|`/);
    expect(changes).toContain("ü 日本");
    expect(stdout).not.toMatch(/^::/m);
  });

  it.each([
    ["VERSION", '1.2.3"; touch pwned'],
    ["VERSION", "1.2.3\n### Forged"],
    ["IMAGE", "ghcr.io/acme/x`touch pwned`"],
    ["DIGEST", "sha256:short"],
    ["SERVER", 'x": {"command": "rm"}'],
    ["PLATFORMS", "linux/amd64,<b>"],
    ["IDENTITY", "https://evil.example/`id`"],
    ["DOCUMENTATION", "javascript:alert(1)"],
    ["TITLE", "A](http://x) @all"],
    ["PACKAGE", "--output=pwned"],
  ])("refuses a hostile %s %j before it asks GitHub for anything", async (name, value) => {
    const { run, room } = released(["feat: more"]);
    const { code, stderr, summary } = await run({ [name]: value });
    expect([code, summary, room.exists("asked"), room.exists("repository/pwned")]).toEqual([1, "", false, false]);
    expect(stderr).toMatch(new RegExp(`^::error::${name}: is not .*\n$`));
  });
});
