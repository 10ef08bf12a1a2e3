// A client of the Model Context Protocol that keeps to the letter: one JSON-RPC message a line on the server's stdin and stdout.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * Starts a server. `ask` gives its whole answer, `close` the exit code; a line that is no message of the protocol counts as `noise`.
 * @param {readonly string[]} command program and arguments
 * @param {number} timeoutMs of each answer, and of the end
 */
export function connect([program, ...args], timeoutMs) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map();
  const noise = [];
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(`could not be started: ${error.message}`));
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  // A server that went away says so by its end; the pipe's own error would only end this process.
  child.stdin.on("error", () => undefined);
  createInterface({ input: child.stdout }).on("line", (line) => {
    const message = messageOf(line);
    if (message === undefined) noise.push(line);
    else waiting.get(message.id)?.(message);
  });
  const send = (message) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  let id = 0;

  return {
    noise,
    notify: (method) => send({ method }),
    async ask(method, params = {}) {
      const own = ++id;
      const answer = new Promise((resolve) => waiting.set(own, resolve));
      send({ id: own, method, params });
      return await within(Promise.race([answer, ended.then((end) => ({ gone: `the server ended (${end})` }))]), timeoutMs, { gone: `no answer to ${method} in ${timeoutMs / 1000} s` });
    },
    async close() {
      child.stdin.end();
      const end = await within(ended, timeoutMs, "no end");
      child.kill("SIGKILL");
      return end;
    },
  };
}

function messageOf(line) {
  try {
    const message = JSON.parse(line);
    return message?.jsonrpc === "2.0" ? message : undefined;
  } catch {
    return undefined;
  }
}

async function within(promise, ms, late) {
  let timer;
  const timeout = new Promise((resolve) => (timer = setTimeout(resolve, ms, late)));
  return await Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
