import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { contextHash } from "../../components/images/context.ts";
import { dockerIgnore } from "../../components/images/dockerignore.ts";

describe(".dockerignore", () => {
  test.each<[string, string, boolean]>([
    ["", "a", true],
    ["# a", "# a", true],
    ["node_modules", "node_modules/x/y.js", false],
    ["node_modules", "web/node_modules/x.js", true],
    ["**/node_modules", "web/node_modules/x.js", false],
    ["**/node_modules", "node_modules/x.js", false],
    ["*.md", "README.md", false],
    ["*.md", "docs/README.md", true],
    ["**/*.md", "docs/a/README.md", false],
    ["*.md\n!README.md", "README.md", true],
    ["*.md\n!README.md", "OTHER.md", false],
    ["!README.md\n*.md", "README.md", false],
    ["docs\n!docs/keep.txt", "docs/keep.txt", true],
    ["docs\n!docs/keep.txt", "docs/other.txt", false],
    ["*", "a/b", false],
    ["**", "a/b", false],
    ["*\n!src", "src/main.go", true],
    ["/build/", "build/x", false],
    ["./build", "build/x", false],
    ["a/../build", "build", false],
    ["  build  ", "build", false],
    ["file?.txt", "file1.txt", false],
    ["file?.txt", "file.txt", true],
    ["file[0-9].txt", "file7.txt", false],
    ["file[^0-9].txt", "file7.txt", true],
    ["a\\*b", "a*b", false],
    ["a\\*b", "axb", true],
    ["a+b(c)", "a+b(c)", false],
    ["one\r\ntwo", "two", false],
    ["docs/**", "docs/a/b", false],
    ["docs/**/b", "docs/b", false],
    ["docs/**/b", "docs/x/y/b", false],
  ])("%j decides about %s: sent is %p", (text, path, sent) => {
    expect(dockerIgnore(text)(path)).toBe(sent);
  });
});

describe("the hash of a build context", () => {
  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "slipway-context-"));
    await put("Dockerfile", "FROM scratch\nCOPY . /\n");
    await put("src/main.go", "package main\n");
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function put(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }

  const hash = (dockerfile = "Dockerfile"): Promise<string> => contextHash("services.shop.image.source", folder, dockerfile);

  test("is the same for the same files, whenever they were written", async () => {
    const before = await hash();
    await utimes(join(folder, "src/main.go"), 1, 1);
    expect(await hash()).toBe(before);
    expect(before).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["a file's content", () => put("src/main.go", "package other\n")],
    ["a new file", () => put("new.txt", "")],
    ["an executable bit", () => chmod(join(folder, "src/main.go"), 0o755)],
    ["a link", () => symlink("src/main.go", join(folder, "link"))],
    ["a removed file", () => rm(join(folder, "src/main.go"))],
    ["the Dockerfile", () => put("Dockerfile", "FROM busybox\n")],
  ])("changes with %s", async (_, change) => {
    const before = await hash();
    await change();
    expect(await hash()).not.toBe(before);
  });

  test("leaves out what .dockerignore leaves out, but never the Dockerfile", async () => {
    await put(".dockerignore", ".git\nDockerfile\n");
    const before = await hash();
    await put(".git/HEAD", "ref");
    expect(await hash()).toBe(before);
    await put("Dockerfile", "FROM busybox\n");
    expect(await hash()).not.toBe(before);
  });

  test("prefers the ignore file of its own Dockerfile", async () => {
    await put(".dockerignore", "");
    await put("docker/Dockerfile", "FROM scratch\n");
    await put("docker/Dockerfile.dockerignore", "notes\n");
    const before = await hash("docker/Dockerfile");
    await put("notes", "x");
    expect(await hash("docker/Dockerfile")).toBe(before);
  });

  test("does not take moved content for the same", async () => {
    await put("a", "12");
    await put("b", "3");
    const before = await hash();
    await put("a", "1");
    await put("b", "23");
    expect(await hash()).not.toBe(before);
  });

  test.each(["missing/Dockerfile", "src", "src/main.go/Dockerfile"])("needs a Dockerfile that is a file: %s", async (dockerfile) => {
    await expect(hash(dockerfile)).rejects.toThrow(
      `services.shop.image.source.dockerfile: is not a file that can be read, got ${JSON.stringify(join(folder, dockerfile))}; write a path inside the source`,
    );
  });
});
