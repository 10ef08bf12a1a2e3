import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { Properties } from "../../sandbox/values.ts";
import { refusal, withProvider } from "./client.ts";
import type { Client } from "./client.ts";

const FOLDER = "grafana:oss/folder:Folder";
const DASHBOARD = "grafana:oss/dashboard:Dashboard";
const CONFIGURATION = { url: "https://grafana.example.com/", auth: "glsa_canary" };
const JSON_OF = (more: object = {}): string => JSON.stringify({ uid: "slipway-shop", title: "Shop", panels: [{ id: 1, title: "Rate" }], ...more });
const INPUTS: Properties = { folder: "releases", configJson: JSON_OF(), overwrite: false };

async function withFolder(run: (client: Client, cloud: string) => Promise<void>): Promise<void> {
  await withProvider("grafana", async (client, cloud) => {
    await client.configure(CONFIGURATION);
    await client.create(FOLDER, { uid: "releases", title: "Releases", preventDestroyIfNotEmpty: true });
    await run(client, cloud);
  });
}

describe("grafana", () => {
  test("a folder and a dashboard are documents that a person can read, and answer with what Grafana computes", async () => {
    await withFolder(async (client, cloud) => {
      const { id, outputs } = await client.create(DASHBOARD, INPUTS);
      expect(id).toBe("1:slipway-shop");
      expect(outputs.plain).toMatchObject({ ...INPUTS, uid: "slipway-shop", url: "https://grafana.example.com/d/slipway-shop", version: 1, dashboardId: expect.any(Number) });
      expect(parse(readFileSync(join(cloud, "grafana/dashboards/slipway-shop.yaml"), "utf8"))).toEqual({ folder: "releases", overwrite: false, version: 1, dashboard: JSON.parse(JSON_OF()) });
      expect(parse(readFileSync(join(cloud, "grafana/folders/releases.yaml"), "utf8"))).toEqual({ uid: "releases", title: "Releases", preventDestroyIfNotEmpty: true });
    });
  });

  test("another text is a new version of the same dashboard, and another folder or uid another dashboard", async () => {
    await withFolder(async (client) => {
      const { id, outputs } = await client.create(DASHBOARD, INPUTS);
      const old = { inputs: INPUTS, outputs: outputs.plain };
      const retitled = { ...INPUTS, configJson: JSON_OF({ title: "The shop" }) };
      expect(await client.diff(DASHBOARD, id, old, retitled)).toMatchObject({ paths: ["configJson"], replaces: [] });
      expect((await client.update(DASHBOARD, id, old, retitled)).plain["version"]).toBe(2);
      expect((await client.diff(DASHBOARD, id, old, { ...INPUTS, folder: "other" })).replaces).toEqual(["folder"]);
      expect((await client.diff(DASHBOARD, id, old, { ...INPUTS, configJson: JSON_OF({ uid: "other" }) })).replaces).toEqual(["configJson"]);
    });
  });

  test("what somebody edits is seen, and what says the same is no change", async () => {
    await withFolder(async (client, cloud) => {
      const { id, outputs } = await client.create(DASHBOARD, INPUTS);
      const old = { inputs: INPUTS, outputs: outputs.plain };
      expect((await client.read(DASHBOARD, id, old)).inputs.plain).toEqual(INPUTS);
      const file = join(cloud, "grafana/dashboards/slipway-shop.yaml");
      writeFileSync(file, readFileSync(file, "utf8").replace("title: Shop", "title: Mine"));
      expect((await client.read(DASHBOARD, id, old)).inputs.plain["configJson"]).toBe(JSON_OF({ title: "Mine" }));
    });
  });

  test("refuses a folder that is not there, and a uid that somebody else has", async () => {
    await withFolder(async (client) => {
      expect(await refusal(client.create(DASHBOARD, { ...INPUTS, folder: "none" }))).toBe('[POST /dashboards/db][400] postDashboardBadRequest  {"message":"folder not found"}');
      await client.create(DASHBOARD, INPUTS, { name: "first" });
      expect(await refusal(client.create(DASHBOARD, INPUTS, { name: "second" }))).toContain("[POST /dashboards/db][412] postDashboardPreconditionFailed");
    });
  });

  test("judges inputs by the provider's schema, and the text as JSON", async () => {
    await withFolder(async (client) => {
      const reasons = async (type: string, inputs: Properties): Promise<string[]> => (await client.check(type, inputs)).failures;
      expect(await reasons(DASHBOARD, { folder: "releases", colour: "red" })).toEqual(expect.arrayContaining([expect.stringContaining("configJson"), expect.stringContaining("colour")]));
      expect(await reasons(DASHBOARD, { configJson: "{" })).toEqual(['configJson: must be the JSON of a dashboard, got "{"; give what Grafana\'s export shows']);
      expect(await reasons(FOLDER, { title: "Releases", uid: "a b" })).toEqual(['uid: must be at most 40 letters, digits, dashes and underscores, got "a b"; choose another uid']);
    });
  });
});
