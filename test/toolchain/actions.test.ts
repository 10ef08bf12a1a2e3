import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { table } from "../../components/workflows/kit/actions-table.ts";
import { actions, readPins } from "../../toolchain/actions.ts";
import { gitRepository } from "../workflows/git-repository.ts";
import { clearRooms, launch, node, room } from "./room.ts";

const root = join(import.meta.dirname, "../..");
const host = room();
/** Node's own words about the way that jest runs. */
const warning = /^\(node:\d+\)|^\(Use `node/;

const upstream: Record<string, string> = {};

beforeAll(() => {
  for (const name of ["light", "annotated"]) {
    const { git, commit } = gitRepository(join(host, "acme", name));
    upstream[name] = commit("feat: begin");
    git("tag", ...(name === "annotated" ? ["-a", "--no-sign", "-m", "First"] : ["--no-sign"]), "v1.0.0");
    commit("feat: go on");
  }
});
afterAll(clearRooms);

function tableOf(...pins: [action: string, version: string, sha: string | undefined][]): string {
  return `export const table = {\n${pins.map(([action, version, sha]) => `  "${action}": { version: "${version}", sha: "${sha}" },\n`).join("")}} as const;\n`;
}

async function run(text: string, json = false): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: "", stderr: "" };
  const listen = (name: "stdout" | "stderr") => jest.spyOn(process[name], "write").mockImplementation((part) => ((said[name] += warning.test(String(part)) ? "" : String(part)), true));
  const spies = [listen("stdout"), listen("stderr")];
  try {
    return { code: await actions({ host: `file://${host}`, table: text, json }), ...said };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}

describe("the pinned actions", () => {
  test("are read as the program reads them", () => {
    const pins = readPins(readFileSync(join(root, "components/workflows/kit/actions-table.ts"), "utf8"));
    expect(Object.fromEntries(pins.map(({ action, version, sha }) => [action, { version, sha }]))).toEqual(table);
  });

  test("agree where a tag is a commit, and where it is a thing of its own that names one", async () => {
    expect(await run(tableOf(["acme/light", "v1.0.0", upstream["light"]], ["acme/annotated", "v1.0.0", upstream["annotated"]]))).toEqual({ code: 0, stdout: "", stderr: "2 actions: 2 as upstream has them, 0 not, 0 not asked\n" });
  });

  test("differ where the tag names another commit or is gone, each in one line", async () => {
    const other = "0123456789".repeat(4);
    expect(await run(tableOf(["acme/light", "v1.0.0", other], ["acme/annotated", "v9.9.9", other]))).toEqual({
      code: 2,
      stdout: "",
      stderr: [
        `acme/light: tag v1.0.0 is not the commit of the table, got ${upstream["light"]}; find out why it moved before you write it instead of ${other}`,
        "acme/annotated: has no tag v9.9.9 upstream, got none; choose a release that is there",
        "2 actions: 0 as upstream has them, 2 not, 0 not asked",
        "",
      ].join("\n"),
    });
  });

  test("cannot be compared where upstream does not answer", async () => {
    const { code, stderr } = await run(tableOf(["acme/light", "v1.0.0", upstream["light"]], ["acme/nobody", "v1.0.0", upstream["light"]]));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^acme\/nobody: upstream cannot be asked, got "fatal: .*"; run this where it can be reached\n2 actions: 1 as upstream has them, 0 not, 1 not asked\n$/);
  });

  test("a difference weighs more than an outage", async () => {
    const { code } = await run(tableOf(["acme/nobody", "v1.0.0", upstream["light"]], ["acme/light", "v1.0.0", upstream["annotated"]?.replace(/./g, "0")]));
    expect(code).toBe(2);
  });

  test("are answered in JSON for scripts", async () => {
    const { code, stdout, stderr } = await run(tableOf(["acme/light", "v1.0.0", upstream["light"]], ["acme/light", "v2.0.0", upstream["light"]]), true);
    expect([code, stderr]).toEqual([2, ""]);
    expect(JSON.parse(stdout)).toEqual([
      { action: "acme/light", version: "v1.0.0", sha: upstream["light"], commit: upstream["light"] },
      { action: "acme/light", version: "v2.0.0", sha: upstream["light"], problem: "acme/light: has no tag v2.0.0 upstream, got none; choose a release that is there" },
    ]);
  });

  test("a line that is no pin, and a table without pins, are said and not passed over", () => {
    expect(() => readPins(tableOf(["acme/light", "v1.0.0", "main"]))).toThrow('actions-table.ts: is not an action with version and sha, got ""acme/light": { version: "v1.0.0", sha: "main" },"; write it as the other lines');
    expect(() => readPins("export const pins = {};")).toThrow("actions-table.ts: has no actions");
  });

  test("slipway actions asks another host where one is given", async () => {
    const ran = await launch(node, [join(root, "toolchain/cli.ts"), "actions", "--json", "--host", `file://${host}/nowhere`], process.env).done;
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toHaveLength(Object.keys(table).length);
  });
});
