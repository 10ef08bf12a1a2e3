import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensureJudges, judgeInCache } from "../../toolchain/judges.ts";
import { judgeVersions } from "../../toolchain/versions.ts";
import { clearRooms, launch, node, room, script } from "./room.ts";

const path = process.env["PATH"];
afterAll(() => {
  process.env["PATH"] = path;
  clearRooms();
});

describe("the judges", () => {
  let folder: string;
  let bin: string;
  beforeEach(() => {
    folder = join(room(), "judges");
    bin = join(room(), "bin");
    process.env["PATH"] = `${bin}:/usr/bin:/bin`;
  });

  /** A go that installs as the real one does, and writes down what it was asked. */
  const fakeGo = () => script(join(bin, "go"), `echo "$@" >> "${bin}/asked"\nmkdir -p "$GOBIN"\nname=\${2%@*}\nname=\${name##*/}\nprintf '#!/bin/sh\\necho judge\\n' > "$GOBIN/$name"\nchmod +x "$GOBIN/$name"`);

  test("a program that is missing is got once, in the pinned version, and then found", async () => {
    fakeGo();
    const lines: string[] = [];
    const [actionlint] = await ensureJudges(["actionlint"], { folder, progress: (line) => void lines.push(line) });
    expect(actionlint).toBe(join(folder, `actionlint-${judgeVersions.actionlint}`, "bin", "actionlint"));
    expect(lines).toEqual([`actionlint ${judgeVersions.actionlint}: ${actionlint}`]);
    await ensureJudges(["actionlint"], { folder, progress: () => undefined });
    expect(readFileSync(join(bin, "asked"), "utf8")).toBe(`install github.com/rhysd/actionlint/cmd/actionlint@v${judgeVersions.actionlint}\n`);
  });

  test("pip and npm are told the version and the folder", async () => {
    script(join(bin, "python3"), `echo "$1 $2 $3 $4 $5 $7" >> "${bin}/asked"\nmkdir -p "$6/bin"\nfor p in zizmor shellcheck pypi-server; do printf '#!/bin/sh\\n' > "$6/bin/$p"; chmod +x "$6/bin/$p"; done`);
    script(join(bin, "npm"), `echo "$@" | sed 's#--prefix [^ ]*#--prefix X#' >> "${bin}/asked"\nmkdir -p "$7/node_modules/.bin"\nprintf '#!/bin/sh\\n' > "$7/node_modules/.bin/verdaccio"\nchmod +x "$7/node_modules/.bin/verdaccio"`);
    const programs = await ensureJudges(["zizmor", "pypiserver", "verdaccio"], { folder, progress: () => undefined });
    expect(programs.map((program) => program.slice(folder.length + 1))).toEqual([
      `zizmor-${judgeVersions.zizmor}/bin/zizmor`,
      `pypiserver-${judgeVersions.pypiserver}/bin/pypi-server`,
      `verdaccio-${judgeVersions.verdaccio}/node_modules/.bin/verdaccio`,
    ]);
    expect(readFileSync(join(bin, "asked"), "utf8").split("\n")).toEqual([
      `-m pip install --quiet --target zizmor==${judgeVersions.zizmor}`,
      `-m pip install --quiet --target pypiserver==${judgeVersions.pypiserver}`,
      `install --loglevel=error --no-fund --no-audit --ignore-scripts --prefix X verdaccio@${judgeVersions.verdaccio}`,
      "",
    ]);
  });

  test("of GitHub's description only the one file that is used is kept", async () => {
    script(join(bin, "npm"), `cd "$4"\nmkdir -p package/generated\necho '{}' > package/generated/api.github.com.json\necho '{}' > package/generated/ghec.json\ntar -czf octokit-openapi-${judgeVersions["github-api"]}.tgz package\nrm -r package`);
    const [file] = await ensureJudges(["github-api"], { folder, progress: () => undefined });
    expect(readdirSync(dirname(file))).toEqual(["api.github.com.json"]);
    expect(readdirSync(join(folder, `github-api-${judgeVersions["github-api"]}`))).toEqual(["package"]);
  });

  test("where the tool is missing the message says which and what to install", async () => {
    process.env["PATH"] = bin;
    await expect(ensureJudges(["actionlint"], { folder, progress: () => undefined })).rejects.toThrow(
      `actionlint: version ${judgeVersions.actionlint} cannot be got, got "spawn go ENOENT"; install Go 1.26 from https://go.dev/dl and set GOPROXY to a module proxy that can be reached, then run this again`,
    );
    await expect(ensureJudges(["zizmor"], { folder, progress: () => undefined })).rejects.toThrow('got "spawn python3 ENOENT"; install Python 3.10 or newer with pip');
    await expect(ensureJudges(["verdaccio"], { folder, progress: () => undefined })).rejects.toThrow('got "spawn npm ENOENT"; install npm');
  });

  test("where the registry cannot be reached its own words are passed on, and nothing half done stays", async () => {
    script(join(bin, "go"), 'mkdir -p "$GOBIN"\necho "go: downloading x v1" >&2\necho "dial tcp: lookup proxy: no such host" >&2\nexit 1');
    await expect(ensureJudges(["act"], { folder, progress: () => undefined })).rejects.toThrow(`act: version ${judgeVersions.act} cannot be got, got "dial tcp: lookup proxy: no such host"; install Go`);
    expect(readdirSync(folder)).toEqual([]);
    expect(judgeInCache("act", folder)).toBeUndefined();
  });

  test("a package without its program is refused", async () => {
    script(join(bin, "go"), 'mkdir -p "$GOBIN"');
    await expect(ensureJudges(["act"], { folder, progress: () => undefined })).rejects.toThrow(`act: github.com/nektos/act ${judgeVersions.act} has no bin/act, got bin; pin another version`);
  });

  test("what a killed run left behind is cleared", async () => {
    fakeGo();
    mkdirSync(join(folder, "partial-old", "bin"), { recursive: true });
    await ensureJudges(["act"], { folder, progress: () => undefined });
    expect(existsSync(join(folder, "partial-old"))).toBe(false);
  });

  test("two runs at once share one download", async () => {
    fakeGo();
    const cache = room();
    const program = 'import { ensureJudges } from "./toolchain/judges.ts"; console.log((await ensureJudges(["actionlint", "act"]))[1])';
    const environment = { ...process.env, XDG_CACHE_HOME: cache };
    const start = () => launch(node, ["--input-type=module", "-e", program], environment, join(import.meta.dirname, "../..")).done;
    const [one, two] = await Promise.all([start(), start()]);
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(one.stdout).toBe(`${join(cache, "slipway", "judges", `act-${judgeVersions.act}`, "bin", "act")}\n`);
    expect(two.stdout).toBe(one.stdout);
    expect(readFileSync(join(bin, "asked"), "utf8").trim().split("\n")).toHaveLength(2);
  });
});
