import {  } from "@jest/globals";
import { scriptRoom } from "../../test/workflows/script-room.ts";
import type { Ran } from "../../test/workflows/script-room.ts";


/** A server that answers as the letter asks, but for what `changes` replaces: method → answer, or what it prints. */
const SERVER = `
import { createInterface } from "node:readline";
const changes = JSON.parse(process.argv[2] ?? "{}");
const good = {
  initialize: { result: { protocolVersion: "2025-06-18", serverInfo: { name: "shop", version: "1.0.0" }, capabilities: { tools: {} } } },
  ping: { result: {} },
  "tools/list": { result: { tools: [{ name: "find", inputSchema: { type: "object" } }] } },
  "tools/call": { result: { isError: true, content: [] } },
};
if (changes.noise) console.log(changes.noise);
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method } = JSON.parse(line);
  if (id === undefined || changes.silent === method) return;
  const answer = changes[method] ?? good[method] ?? { error: { code: -32601, message: "Method not found" } };
  console.log(JSON.stringify({ jsonrpc: "2.0", id, ...answer }));
}).on("close", () => changes.stays ? setInterval(() => {}, 1000) : process.exit(changes.code ?? 0));
`;

async function talked(changes: object, env: Record<string, string> = {}): Promise<Ran & { failed: string[] }> {
  const room = scriptRoom();
  const server = room.write("server.mjs", SERVER);
  const ran = await room.run("mcp-compliance.mjs", { SERVER: JSON.stringify([process.execPath, server, JSON.stringify(changes)]), TIMEOUT_MS: "4000", ...env });
  expect(room.exists("pwned")).toBe(false);
  return { ...ran, failed: ran.stdout.split("\n").flatMap((line) => /^FAILED ([^:]+)/.exec(line)?.[1] ?? []) };
}

describe("mcp-compliance.mjs", () => {
  it("passes a server that keeps to the letter, in eleven checks", async () => {
    const ran = await talked({});
    expect(ran).toMatchObject({ code: 0, failed: [] });
    expect(ran.stdout.match(/^ok {5}/gm)).toHaveLength(11);
  });

  it("asks nothing of tools where the server has none", async () => {
    const ran = await talked({ initialize: { result: { protocolVersion: "2025-06-18", serverInfo: { name: "shop", version: "1" }, capabilities: {} } } });
    expect(ran.code).toBe(0);
    expect(ran.stdout.match(/^ok {5}/gm)).toHaveLength(7);
  });

  it.each([
    [{ initialize: { result: { protocolVersion: "1", serverInfo: { name: "shop", version: "1" }, capabilities: {} } } }, ["initialize answers with a protocol version"]],
    [{ initialize: { result: { protocolVersion: "2025-06-18", serverInfo: {}, capabilities: {} } } }, ["initialize names the server and its version"]],
    [{ ping: { result: { ok: true } } }, ["ping answers with an empty result"]],
    [{ "tools/list": { result: { tools: [{ name: "a", inputSchema: { type: "object" } }, { name: "a", inputSchema: {} }, null] } } }, ["every tool has a name of its own", "every tool has a schema of an object"]],
    [{ "tools/call": { result: { content: [] } } }, ["a call of an unknown tool is an error"]],
    [{ "slipway/no-such-method": { error: { code: -32600, message: "no" } } }, ["an unknown method is refused as such"]],
    [{ silent: "ping" }, ["ping answers with an empty result"]],
    [{ code: 3 }, ["it ends when its input does"]],
    [{ stays: true }, ["it ends when its input does"]],
    [{ noise: "listening on stdio" }, ["nothing but messages is on its output"]],
  ])("finds what is wrong with %j", async (changes, failed) => {
    const ran = await talked(changes);
    expect(ran).toMatchObject({ code: 1, failed });
    expect(ran.summary).toContain("| FAILED |");
  });

  it("lets no word of the server become a command of the runner, or markup of the page", async () => {
    const evil = "::error::forged\n::set-output name=x::y";
    const ran = await talked({ noise: evil, "tools/list": { result: { tools: [{ name: "<script>@all", inputSchema: { type: evil } }] } } });
    expect(ran.failed).toEqual(["every tool has a schema of an object", "nothing but messages is on its output"]);
    expect(ran.stdout.split("\n").filter((line) => /^::(error|set-output)/.test(line))).toEqual([]);
    expect(ran.summary).not.toContain("<script>");
    expect(ran.summary).not.toMatch(/@all/);
  });

  it.each(['["true"', "touch pwned", '["a", 1]', "[]", '[""]'])("refuses the command %j", async (SERVER) => {
    expect(await talked({}, { SERVER })).toMatchObject({ code: 1, failed: [] });
  });

  it("says of a program that is not there that nothing answered", async () => {
    const ran = await talked({}, { SERVER: '["no-such-program; touch pwned"]' });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("could not be started");
  });
});
