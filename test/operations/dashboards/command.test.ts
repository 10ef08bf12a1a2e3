import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Clone } from "../../toolchain/clone.ts";
import { clearRooms, room } from "../../toolchain/room.ts";

afterAll(clearRooms);

const stack = `config:
  github:owner: acme
  slipway:repositories:
    shop: {}
  slipway:namespaces:
    shop: {}
  slipway:services:
    storefront:
      repository: shop
      namespace: shop
      image: {from: tag, reference: "ghcr.io/acme/storefront:v1.0.0"}
      strategy: {kind: canary}
      ports: [{name: http, port: 8080, protocol: http}]
      probes: {readiness: {kind: http, path: /health, port: http}}
`;

let clone: Clone;
beforeAll(() => {
  clone = new Clone("", { sandbox: stack, empty: "config:\n  github:owner: acme\n" }, ["toolchain", "operations", "settings", "components"]);
});

interface Listed {
  uid: string;
  title: string;
  group: string;
  path: string;
  bytes: number;
}

function listed(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).filter((path) => path !== ".slipway-files.json").sort();
}

describe("slipway dashboards", () => {
  test("writes every dashboard as Grafana imports it, a list, and the page that draws them", async () => {
    const out = join(room(), "new");
    const run = await clone.run("dashboards", "--out", out, "--json");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    const list: Listed[] = JSON.parse(run.stdout);
    expect(list.map(({ group, title }) => [group, title])).toEqual([
      ["Stack sandbox", "sandbox delivery"], ["shop", "storefront overview"], ["shop", "storefront canary"], ["shop", "storefront service levels"], ["shop", "storefront delivery"], ["shop", "shop capacity"],
    ]);
    expect(JSON.parse(readFileSync(join(out, "list.json"), "utf8"))).toEqual(list);
    for (const { bytes, path, title, uid } of list) {
      const text = readFileSync(join(out, path), "utf8");
      expect([Buffer.byteLength(text), path]).toEqual([bytes, `dashboards/${uid}.json`]);
      expect(JSON.parse(text)).toMatchObject({ uid, title });
    }
    expect(listed(out)).toEqual([...list.map(({ path }) => path), "index.html", "list.json", "page/dashboards.js", "page/page.css", "page/page.js", "page/uplot.css", "page/uplot.js"].sort());
  });

  test("lists them for people, writes the same bytes twice, and takes away what it no longer makes", async () => {
    const out = room();
    const run = await clone.run("dashboards", "--out", out);
    expect(run.stdout).toMatch(/^ {2}\d+ {2}dashboards\/slipway-\S+\.json {2}sandbox delivery$/m);
    expect(run.stdout).toContain(`6 dashboards in ${out}; open ${join(out, "index.html")} to look at them\n`);
    const first = listed(out).map((path) => readFileSync(join(out, path), "utf8"));
    expect((await clone.run("dashboards", "--out", out)).code).toBe(0);
    expect(listed(out).map((path) => readFileSync(join(out, path), "utf8"))).toEqual(first);
    expect((await clone.run("dashboards", "--out", out, "--service", "storefront")).code).toBe(0);
    expect(listed(out).filter((path) => path.startsWith("dashboards/"))).toHaveLength(4);
  });

  test("touches nothing in a folder of somebody else", async () => {
    const out = room();
    writeFileSync(join(out, "mine.txt"), "precious");
    expect(await clone.run("dashboards", "--out", out)).toMatchObject({ code: 1, stdout: "", stderr: `--out: ${out} holds mine.txt, which this command did not write; choose an empty folder\n` });
    expect(listed(out)).toEqual(["mine.txt"]);
  });

  test("serves the page until it is asked to end", async () => {
    const running = clone.launch(["dashboards", "--serve", "--prometheus", "http://127.0.0.1:1/"]);
    await running.says("end it with Ctrl-C");
    process.kill(running.pid, "SIGTERM");
    expect(await running.done).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/ shows the dashboards with data of http:\/\/127\.0\.0\.1:1; end it with Ctrl-C\n$/) });
  });

  test.each<[string, string[], string]>([
    ["what to do", [], "--out, --serve: one of them is needed; write --out <folder> or --serve\n"],
    ["which of both", ["--serve", "--out", "<out>"], "--out, --serve: one of them is needed; write --out <folder> or --serve\n"],
    ["a service that is nearly one", ["--out", "<out>", "--service", "storefrnt"], '--service: is not declared by stack sandbox, got "storefrnt"; write storefront\n'],
    ["a service in a stack without any", ["--out", "<out>", "--stack", "empty", "--service", "a"], '--service: is not declared by stack empty, got "a"; name a stack with services by --stack\n'],
    ["a stack without dashboards", ["--out", "<out>", "--stack", "empty"], '--stack: declares nothing that has a dashboard, got "empty"; name a stack with services or namespaces\n'],
    ["a stack that is none", ["--out", "<out>", "--stack", "sandbx"], "--stack: there is no file of stack sandbx; write sandbox\n"],
    ["an address that is none", ["--serve", "--prometheus", "prometheus"], '--prometheus: is no web address, got "prometheus"; write one such as http://127.0.0.1:9090\n'],
    ["a port that is none", ["--serve", "--port", "http"], '--port: is no port, got "http"; write a number from 0, which is any free one, to 65535\n'],
    ["a length that is none", ["--serve", "--scrape-interval", "soon"], '--scrape-interval: is no length from 1s to 1h, got "soon"; write one such as 30s\n'],
  ])("says in one line what is wrong with %s, and makes no folder", async (_, args, line) => {
    const out = join(room(), "none");
    expect(await clone.run("dashboards", ...args.map((each) => (each === "<out>" ? out : each)))).toMatchObject({ code: 1, stdout: "", stderr: line });
    expect(existsSync(out)).toBe(false);
  });
});
