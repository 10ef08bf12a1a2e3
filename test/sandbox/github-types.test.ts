import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { loadSchema } from "../../sandbox/schema.ts";
import type { Properties } from "../../sandbox/values.ts";
import { isProperties } from "../../sandbox/values.ts";
import type { Client } from "./client.ts";
import { withProvider } from "./client.ts";
import { sample } from "./samples.ts";

const schema = loadSchema("github");
const REPOSITORY = "github:index/repository:Repository";
const tokens = Object.keys(schema.resources);

/** What most types refer to. */
async function surroundings(client: Client, type: string): Promise<void> {
  if (type === REPOSITORY) return;
  await client.create(REPOSITORY, { name: "continuum", autoInit: true }, { name: "surrounding" });
  if (!type.endsWith(":RepositoryEnvironment")) await client.create("github:index/repositoryEnvironment:RepositoryEnvironment", { repository: "continuum", environment: "production" }, { name: "surrounding" });
}

function documentOf(folder: string, outputs: Properties): string {
  const { document } = JSON.parse(String(outputs["__meta"]));
  return `${join(folder, document)}.yaml`;
}

function edit(file: string, change: (body: Properties) => Properties): void {
  const text = readFileSync(file, "utf8");
  const header = text.split("\n").filter((line) => line.startsWith("#")).join("\n");
  writeFileSync(file, `${header}\n${stringify(change(parse(text)))}`);
}

describe("every resource type of the github provider", () => {
  test("all 88 are served", () => {
    expect(tokens).toHaveLength(88);
  });

  test.each(tokens)("%s is created, read back unchanged, shows drift of every field, is restored and deleted", async (type) => {
    await withProvider("github", async (client, folder) => {
      await surroundings(client, type);
      const { inputs: { plain: inputs }, failures } = await client.check(type, sample(schema, type));
      expect(failures).toEqual([]);
      const { id, outputs } = await client.create(type, inputs);
      expect(id).not.toBe("");
      const old = { inputs, outputs: outputs.plain };
      expect(await client.read(type, id, old)).toMatchObject({ id, inputs: { plain: inputs }, outputs: { plain: outputs.plain } });
      expect((await client.diff(type, id, old, inputs)).paths).toEqual([]);
      const file = documentOf(folder, outputs.plain);

      for (const key of [...Object.keys(inputs), "addedByHand"]) {
        edit(file, (body) => ({ ...body, [key]: "changed by hand" }));
        const drifted = await client.read(type, id, old);
        const refreshed = { inputs: drifted.inputs.plain, outputs: drifted.outputs.plain };
        const { paths, replaces, deleteBeforeReplace } = await client.diff(type, id, refreshed, inputs);
        expect(paths.some((path) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`))).toBe(true);
        if (replaces.length === 0) await client.update(type, id, refreshed, inputs);
        else {
          expect(deleteBeforeReplace).toBe(true);
          await client.delete(type, id, refreshed);
          await client.create(type, inputs);
        }
        expect((await client.read(type, id, old)).inputs.plain).toEqual(inputs);

        if (key === "addedByHand") continue;
        edit(file, ({ [key]: _removed, ...body }) => body);
        const shrunk = await client.read(type, id, old);
        expect((await client.diff(type, id, { inputs: shrunk.inputs.plain, outputs: shrunk.outputs.plain }, inputs)).paths).not.toEqual([]);
        edit(file, (body) => ({ ...body, [key]: inputs[key] ?? null }));
      }

      rmSync(file);
      expect((await client.read(type, id, old)).id).toBe("");
      await client.create(type, inputs);
      await client.delete(type, id, old);
      expect((await client.read(type, id, old)).id).toBe("");
      await client.delete(type, id, old);
      const left = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith(".yaml"));
      expect(left.filter((name) => !/repository\.yaml|production\.yaml/.test(name))).toEqual([]);
    });
  });

  test.each(tokens)("%s is previewed with what is not known yet", async (type) => {
    await withProvider("github", async (client) => {
      const inputs = sample(schema, type);
      const unknown = Object.fromEntries(Object.keys(inputs).map((key) => [key, "04da6b54-80e4-46f7-96ec-b56ff0331ba9"]));
      const checked = await client.check(type, unknown);
      expect(checked.failures.filter((reason) => !reason.startsWith("conditions"))).toEqual([]);
      const { id, outputs } = await client.create(type, checked.inputs, { preview: true });
      expect(id).toBe("");
      expect(isProperties(outputs.plain)).toBe(true);
    });
  });
});

describe("an import", () => {
  test("knows nothing of a repository's first commit, and a refresh shows none of it", async () => {
    await withProvider("github", async (client) => {
      await client.create(REPOSITORY, { name: "shop", autoInit: true, gitignoreTemplate: "Go", licenseTemplate: "mit", description: "d" });
      const { inputs, outputs } = await client.read(REPOSITORY, "shop");
      expect(inputs.plain).toEqual({ name: "shop", description: "d" });
      expect((await client.read(REPOSITORY, "shop", { inputs: inputs.plain, outputs: outputs.plain })).inputs.plain).toEqual({ name: "shop", description: "d" });
    });
  });

  test("reads all labels as one where each was made by itself, and changes them as one", async () => {
    await withProvider("github", async (client) => {
      const [one, all] = ["github:index/issueLabel:IssueLabel", "github:index/issueLabels:IssueLabels"];
      await client.create(REPOSITORY, { name: "shop" });
      expect((await client.read(all, "shop")).id).toBe("");
      for (const name of ["bug", "core"]) await client.create(one, { repository: "shop", name, color: "ffffff" }, { name });
      const { id, inputs, outputs } = await client.read(all, "shop");
      const labels = ["bug", "core"].map((name) => ({ name, color: "ffffff" }));
      expect([id, inputs.plain]).toEqual(["shop", { repository: "shop", labels }]);
      await client.update(all, "shop", { inputs: inputs.plain, outputs: outputs.plain }, { repository: "shop", labels: labels.slice(1) });
      expect((await client.read(all, "shop")).inputs.plain).toEqual({ repository: "shop", labels: labels.slice(1) });
    });
  });
});
