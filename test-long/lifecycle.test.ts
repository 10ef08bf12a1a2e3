import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Room } from "./room.ts";

const stacks = ["sandbox", "staging", "production"];

describe.each(stacks)("the %s stack in a fresh cloud", (stack) => {
  const room = new Room();
  afterAll(() => room.leave());
  beforeAll(async () => {
    const up = await room.run(["up", "--yes", "--skip-preview", "--stack", stack]);
    expect({ stack, code: up.code, output: up.code === 0 ? "" : up.output }).toEqual({ stack, code: 0, output: "" });
  });

  test("has nothing to change directly after up", async () => {
    const preview = await room.run(["preview", "--expect-no-changes", "--stack", stack]);
    expect({ code: preview.code, output: preview.code === 0 ? "" : preview.output }).toEqual({ code: 0, output: "" });
  });

  test("has nothing to change after refresh", async () => {
    const refresh = await room.run(["refresh", "--yes", "--skip-preview", "--stack", stack]);
    expect({ code: refresh.code, output: refresh.code === 0 ? "" : refresh.output }).toEqual({ code: 0, output: "" });
    const preview = await room.run(["preview", "--expect-no-changes", "--stack", stack]);
    expect(preview.code).toBe(0);
  });

  test("a second up changes nothing (trap 11)", async () => {
    const before = room.documents();
    const up = await room.run(["up", "--yes", "--skip-preview", "--expect-no-changes", "--stack", stack]);
    expect(up.code).toBe(0);
    expect(room.documents()).toEqual(before);
  });

  test("destroy refuses protected resources first, then leaves an empty cloud", async () => {
    const before = room.documents();
    const refused = await room.run(["destroy", "--yes", "--stack", stack]);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain("protected");
    expect(room.documents()).toEqual(before);
    expect((await room.run(["state", "unprotect", "--all", "--yes", "--stack", stack])).code).toBe(0);
    const destroyed = await room.run(["destroy", "--yes", "--stack", stack]);
    expect({ code: destroyed.code, output: destroyed.code === 0 ? "" : destroyed.output }).toEqual({ code: 0, output: "" });
    const left = [...room.documents()];
    const archived = left.filter(([path]) => path.endsWith("/repository.yaml"));
    // What is archived instead of deleted stays, with what hangs on it; everything else is gone.
    expect(archived.map(([path, text]) => [path, /^archived: true$/m.test(text)])).toEqual(stack === "production" ? [["github/acme/storefront/repository.yaml", true]] : []);
    expect(left.filter(([path]) => !path.startsWith("github/acme/storefront/"))).toEqual([]);
  });
});
