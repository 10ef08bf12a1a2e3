import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensureJudges } from "../../toolchain/judges.ts";
import { freePort } from "../free-port.ts";
import { answers } from "./npm.ts";

export interface Wheel {
  name: string;
  version: string;
  /** Modules by path. */
  files?: Record<string, string>;
  /** Command → `module:function`. */
  scripts?: Record<string, string>;
}

export interface PackageIndex {
  /** Without a slash at its end; `${url}/simple/` is what pip asks, and uploads go to `${url}/`. */
  url: string;
  username: string;
  password: string;
  /** For a run, so that the stand-in of pypa/gh-action-pypi-publish uploads here. */
  env: Record<string, string>;
  publish(wheel: Wheel): void;
  /** What an owner does in a browser: the release stays and nobody gets it by itself. */
  yank(name: string, version: string): void;
  /** Names of the files, yanked or not. */
  files(): string[];
  /** `POST /` and so on, in order. */
  calls: string[];
}

const ends: (() => void)[] = [];
afterAll(() => ends.splice(0).forEach((end) => end()));

/** A package index on loopback: pypiserver, and in front of it what it lacks: yanking and passwords. Ends with the tests of the file. */
export async function packageIndex(): Promise<PackageIndex> {
  const [program] = await ensureJudges(["pypiserver"]);
  const folder = mkdtempSync(join(tmpdir(), "slipway-pypi-"));
  const packages = join(folder, "packages");
  mkdirSync(packages);
  const behind = `http://127.0.0.1:${await freePort()}`;
  const args = ["-m", "pypiserver", "run", "-i", "127.0.0.1", "-p", new URL(behind).port, "-P", ".", "-a", ".", "--disable-fallback", packages];
  const child = spawn("python3", args, { stdio: "ignore", cwd: folder, env: { PATH: process.env["PATH"], PYTHONPATH: dirname(dirname(program)), HOME: folder } });
  const yanked = new Set<string>();
  const calls: string[] = [];
  const [username, password] = ["ci", "of-the-test"];
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const front = createServer(async (message, response) => {
    calls.push(`${message.method} ${message.url}`);
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(Buffer.from(chunk));
    if (message.method !== "GET" && message.method !== "HEAD" && message.headers.authorization !== basic) return void response.writeHead(401).end("who are you");
    const headers = { "content-type": message.headers["content-type"] ?? "", accept: message.headers.accept ?? "*/*" };
    const answer = await fetch(`${behind}${message.url}`, { method: message.method ?? "GET", headers, ...(chunks.length > 0 && { body: Buffer.concat(chunks) }) });
    const type = answer.headers.get("content-type") ?? "application/octet-stream";
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { "content-type": type }).end(type.includes("html") ? marked(body.toString("utf8"), yanked) : body);
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  const address = front.address();
  if (address === null || typeof address === "string") throw new Error("the index has no port");
  ends.push(() => (child.kill("SIGKILL"), front.closeAllConnections(), front.close(), rmSync(folder, { recursive: true, force: true })));
  await answers(behind);
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    env: { ACT_PYPI: `${url}/`, ACT_PYPI_AUTHORIZATION: basic },
    username,
    password,
    calls,
    publish: (wheel) => void execFileSync("python3", [join(import.meta.dirname, "make-wheel.py"), packages], { input: JSON.stringify({ files: {}, scripts: {}, ...wheel }) }),
    yank: (name, version) => void yanked.add(`${name.replaceAll("-", "_")}-${version}`),
    files: () => readdirSync(packages).filter((file) => !file.startsWith(".")).sort(),
  };
}

function marked(html: string, yanked: ReadonlySet<string>): string {
  return html.replace(/<a ([^>]*)>([^<]*)<\/a>/g, (link, attributes: string, name: string) => ([...yanked].some((each) => name.startsWith(`${each}-`) || name.startsWith(`${each}.tar`)) ? `<a ${attributes} data-yanked="">${name}</a>` : link));
}
