import { afterAll, describe, expect, test } from "@jest/globals";
import { symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { toolPath } from "../../toolchain/paths.ts";
import { cacheFolder, folderOf, pulumiInCache, pulumiOnPath } from "../../toolchain/search.ts";
import { goVersion, officialVersion } from "../../toolchain/versions.ts";
import { clearRooms, put, room, script } from "./room.ts";

afterAll(clearRooms);

function cli(folder: string, version: string): string {
  script(join(folder, "pulumi"), `echo ${version}`);
  script(join(folder, "pulumi-language-nodejs"), "exit 0");
  return folder;
}

describe("a CLI on the path", () => {
  test("is used when it is new enough and has its language host", async () => {
    const bin = cli(room(), "v3.256.1");
    expect(await pulumiOnPath({ PATH: bin })).toEqual({ bin, version: "3.256.1", source: "path" });
  });

  test("may have its language host elsewhere on the path", async () => {
    const [one, two] = [room(), room()];
    script(join(one, "pulumi"), "echo v3.256.1");
    script(join(two, "pulumi-language-nodejs"), "exit 0");
    expect(await pulumiOnPath({ PATH: `${one}:${two}` })).toEqual({ bin: one, version: "3.256.1", source: "path" });
  });

  test.each([
    ["is too old", "echo v3.254.0"],
    ["fails", "exit 1"],
    ["is of the next major version", "echo v4.0.0"],
  ])("is left alone when it %s", async (_title, text) => {
    const bin = cli(room(), "");
    script(join(bin, "pulumi"), text);
    expect(await pulumiOnPath({ PATH: bin })).toBeUndefined();
  });

  test("is left alone without its language host", async () => {
    const bin = room();
    script(join(bin, "pulumi"), "echo v3.256.1");
    expect(await pulumiOnPath({ PATH: bin })).toBeUndefined();
  });

  test("is not the wrapper of the npm package, which would download on first use", () => {
    const folder = room();
    const wrapper = script(join(folder, "node_modules", "pulumi", "run.js"), "echo v3.265.0");
    put(join(folder, "bin", "other"), "");
    symlinkSync(wrapper, join(folder, "bin", "pulumi"));
    expect(folderOf("pulumi", { PATH: join(folder, "bin") })).toBeUndefined();
  });

  test("is not an empty file, a folder or a file that cannot be run", () => {
    const folder = room();
    put(join(folder, "a", "pulumi"), "");
    put(join(folder, "b", "pulumi", "file"), "");
    put(join(folder, "c", "pulumi"), "text");
    expect(folderOf("pulumi", { PATH: `${folder}/a::${folder}/b:${folder}/c:${folder}/absent` })).toBeUndefined();
  });
});

describe("a CLI in the cache", () => {
  test("lies in XDG_CACHE_HOME, or in .cache of the home folder", () => {
    expect(cacheFolder({ XDG_CACHE_HOME: "/x" })).toBe("/x/slipway/pulumi");
    expect(cacheFolder({ HOME: "/home/a", XDG_CACHE_HOME: "" })).toBe("/home/a/.cache/slipway/pulumi");
  });

  test("is the downloaded one before the built one", () => {
    const folder = room();
    expect(pulumiInCache(folder)).toBeUndefined();
    cli(join(folder, goVersion, "bin"), "");
    expect(pulumiInCache(folder)).toEqual({ bin: join(folder, goVersion, "bin"), version: goVersion, source: "go modules" });
    cli(join(folder, officialVersion, "bin"), "");
    expect(pulumiInCache(folder)).toEqual({ bin: join(folder, officialVersion, "bin"), version: officialVersion, source: "official installer" });
  });

  test("is not one without its language host", () => {
    const folder = room();
    script(join(folder, goVersion, "bin", "pulumi"), "exit 0");
    expect(pulumiInCache(folder)).toBeUndefined();
  });
});

test("the project's own Node comes before a machine's pulumi, and that before the packages' installer of the same name", () => {
  const folders = toolPath("/usr/bin").split(":");
  expect(folders.slice(0, 3)).toEqual([dirname(process.execPath), "/usr/bin", join(import.meta.dirname, "../../node_modules/.bin")]);
});
