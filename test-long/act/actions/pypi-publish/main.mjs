// Uploads what lies in the folder to the index of the test, by the form that PyPI takes.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, input, record } from "./common.mjs";

const folder = input("packages-dir", "dist");
const files = readdirSync(folder).filter((name) => /\.(whl|tar\.gz)$/.test(name)).sort();
record({ files });
if (files.length === 0) fail(`${folder}: nothing to publish`);
for (const file of files) {
  const bytes = readFileSync(join(folder, file));
  const [, name, version] = /^(.+?)-(\d[^-]*?)(?:-.*\.whl|\.tar\.gz)$/.exec(file) ?? [];
  const form = new FormData();
  const fields = { ":action": "file_upload", protocol_version: "1", name, version, filetype: file.endsWith(".whl") ? "bdist_wheel" : "sdist", sha256_digest: createHash("sha256").update(bytes).digest("hex") };
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  form.set("content", new Blob([bytes]), file);
  const answer = await fetch(process.env.ACT_PYPI, { method: "POST", body: form, headers: { authorization: process.env.ACT_PYPI_AUTHORIZATION } });
  if (answer.status === 409 && input("skip-existing") === "true") continue;
  if (!answer.ok) fail(`${file}: the index answered ${answer.status} ${await answer.text()}`);
}
