import { execFileSync } from "node:child_process";
import { serve } from "../script-room.ts";
import type { Answer, Recorded, ScriptRoom, Server } from "../script-room.ts";

/** A release in an index of the tests. */
export interface TestRelease {
  version: string;
  /** The module's text. @default an empty module */
  code?: string;
  yanked?: boolean;
}

export interface TestIndex {
  server: Server;
  /** Address of its simple API. */
  simple: string;
  /** Changes while a script runs are what people and propagation do. */
  releases: TestRelease[];
}

/** `python` and `python3` of the room are this machine's, whatever HOME is. */
export function withPython(room: ScriptRoom): string {
  const python = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
  for (const name of ["python", "python3"]) room.program(name, `exec '${python}' "$@"`);
  return python;
}

/** A package index that pip can install from: simple API as JSON or HTML, wheels, and pypiserver's removal. */
export async function packageIndex(project: string, releases: TestRelease[], { html = false } = {}): Promise<TestIndex> {
  const module = project.replaceAll("-", "_");
  const fileOf = ({ version }: TestRelease): string => `${module}-${version}-py3-none-any.whl`;
  const index: Partial<TestIndex> & { releases: TestRelease[] } = { releases: [...releases] };
  const server = await serve((request): Answer | undefined => {
    const wheel = /^\/files\/(.+)$/.exec(request.path)?.[1];
    if (request.path === `/simple/${project}/`) return html ? htmlPage(index.releases.map(fileOf)) : jsonPage(project, index.releases, fileOf);
    if (wheel !== undefined) return wheelAnswer(index.releases.find((release) => fileOf(release) === wheel), project, module);
    return request.method === "POST" ? removed(request, index, module) : undefined;
  });
  return Object.assign(index, { server, simple: `${server.url}/simple/` });
}

function jsonPage(name: string, releases: readonly TestRelease[], fileOf: (release: TestRelease) => string): Answer {
  const files = releases.map((release) => ({ filename: fileOf(release), url: `/files/${fileOf(release)}`, hashes: {}, yanked: release.yanked ?? false }));
  return { body: JSON.stringify({ meta: { "api-version": "1.0" }, name, files }), headers: { "content-type": "application/vnd.pypi.simple.v1+json" } };
}

function htmlPage(files: readonly string[]): Answer {
  return { body: `<!DOCTYPE html><html><body>${files.map((file) => `<a href="/files/${file}">${file}</a><br>`).join("\n")}</body></html>`, headers: { "content-type": "text/html" } };
}

function wheelAnswer(release: TestRelease | undefined, project: string, module: string): Answer | undefined {
  return release && { body: wheel(project, module, release), headers: { "content-type": "application/octet-stream" } };
}

/** As pypiserver does it: by the name that stands in the file, with a password. */
function removed({ headers, bytes }: Recorded, index: { releases: TestRelease[] }, module: string): Answer {
  if (headers.authorization !== `Basic ${Buffer.from("admin:secret").toString("base64")}`) return { status: 403, body: "no" };
  const form = new URLSearchParams(bytes.toString("utf8"));
  const left = index.releases.filter(({ version }) => version !== form.get("version") || form.get("name") !== module);
  if (left.length === index.releases.length || form.get(":action") !== "remove_pkg") return { status: 404, body: "not found" };
  index.releases.splice(0, Infinity, ...left);
  return { body: "" };
}

const MAKE_WHEEL = `
import io, json, sys, zipfile
wheel = json.load(sys.stdin)
info = f"{wheel['module']}-{wheel['version']}.dist-info"
out = io.BytesIO()
with zipfile.ZipFile(out, "w") as archive:
    archive.writestr(f"{wheel['module']}/__init__.py", wheel["code"])
    archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {wheel['project']}\\nVersion: {wheel['version']}\\n")
    archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: tests\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    archive.writestr(f"{info}/entry_points.txt", f"[console_scripts]\\n{wheel['project']} = {wheel['module']}:main\\n")
    archive.writestr(f"{info}/RECORD", "")
sys.stdout.buffer.write(out.getvalue())
`;

function wheel(project: string, module: string, { version, code = "" }: TestRelease): Buffer {
  return execFileSync("python3", ["-c", MAKE_WHEEL], { input: JSON.stringify({ project, module, version, code }) });
}
