// Talks to an MCP server as a strict client does: handshake, ping, tools, errors, an orderly end. Every check is said; one failure fails.
import { fail, input, optional, stopCommands, summary } from "./lib/actions.mjs";
import { table } from "./lib/markdown.mjs";
import { connect } from "./lib/mcp-client.mjs";

const PROTOCOL = "2025-06-18";
const METHOD_NOT_FOUND = -32601;

const command = commandOf(input("SERVER", /^\[".+"\]$/s, "a list of a program and its arguments as JSON"));
const checks = [];
const resume = stopCommands();
await talk(connect(command, Number(optional("TIMEOUT_MS") || 10_000)));
resume();

for (const { ok, name, detail } of checks) console.log(`${ok ? "ok    " : "FAILED"} ${name}${ok ? "" : `: ${oneLine(detail)}`}`);
summary(`## MCP compliance\n\n${table(["", "Check", "Detail"], checks.map(({ ok, name, detail }) => [ok ? "passed" : "FAILED", name, ok ? "" : detail]))}`);
const failed = checks.filter(({ ok }) => !ok);
if (failed.length > 0) fail(`${failed.length} of ${checks.length} checks failed: ${failed.map(({ name }) => name).join(", ")}; see the table in the run's summary`);

async function talk(server) {
  const handshake = await server.ask("initialize", { protocolVersion: PROTOCOL, capabilities: {}, clientInfo: { name: "slipway", version: "1" } });
  const { result } = handshake;
  check("initialize answers with a protocol version", /^\d{4}-\d{2}-\d{2}$/.test(result?.protocolVersion ?? ""), handshake);
  check("initialize names the server and its version", isText(result?.serverInfo?.name) && isText(result?.serverInfo?.version), handshake);
  check("initialize declares capabilities", isObject(result?.capabilities), handshake);
  server.notify("notifications/initialized");

  const pong = await server.ask("ping");
  check("ping answers with an empty result", isObject(pong.result) && Object.keys(pong.result).length === 0, pong);
  if (result?.capabilities?.tools) await tools(server);
  const unknown = await server.ask("slipway/no-such-method");
  check("an unknown method is refused as such", unknown.error?.code === METHOD_NOT_FOUND, unknown);

  const end = await server.close();
  check("it ends when its input does", end === 0, `exit: ${end}`);
  check("nothing but messages is on its output", server.noise.length === 0, server.noise[0]);
}

async function tools(server) {
  const answer = await server.ask("tools/list");
  const list = Array.isArray(answer.result?.tools) ? answer.result.tools : [];
  check("tools/list answers with a list", Array.isArray(answer.result?.tools), answer);
  const names = list.map((tool) => tool?.name);
  check("every tool has a name of its own", names.every(isText) && new Set(names).size === names.length, names);
  const unclear = list.filter((tool) => tool?.inputSchema?.type !== "object").map((tool) => tool?.name);
  check("every tool has a schema of an object", unclear.length === 0, unclear);
  const absent = await server.ask("tools/call", { name: "slipway-no-such-tool", arguments: {} });
  check("a call of an unknown tool is an error", isObject(absent.error) || absent.result?.isError === true, absent);
}

function check(name, ok, detail) {
  checks.push({ name, ok, detail: typeof detail === "string" ? detail : (JSON.stringify(detail) ?? "").slice(0, 300) });
}

function commandOf(json) {
  try {
    const words = JSON.parse(json);
    if (words.every(isText)) return words;
  } catch {
    // Not JSON: the same message as for a list of something else.
  }
  return fail("SERVER: is not a list of a program and its arguments as JSON; correct it and run again");
}

function isText(value) {
  return typeof value === "string" && value !== "";
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function oneLine(text) {
  return text.replace(/\s+/g, " ");
}
