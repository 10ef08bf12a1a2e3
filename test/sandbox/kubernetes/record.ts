// Asks a real API server about every case and writes recorded.json. Run by hand when a version changes, never by a test:
//   KUBERNETES_SERVER=https://127.0.0.1:6443 KUBERNETES_TOKEN=… node test/sandbox/kubernetes/record.ts
// The server needs Istio's, the Prometheus operator's and Flagger's definitions, a namespace "shop", and no ServiceAccount admission.
// The sections "istio" (istiod's own validation) and "podSecurity" are kept as they are.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kindOf } from "../../../sandbox/kubernetes/catalogue.ts";
import type { Manifest } from "../../../sandbox/kubernetes/index.ts";
import { validate } from "../../../sandbox/kubernetes/index.ts";
import { NAMESPACE, readCases, recordedPath, settled, stableFields, type Mutation } from "./cases.ts";
import { mutate, mutationsOf } from "./mutations.ts";

interface Answer {
  message?: string;
  details?: { causes?: { field?: string; message: string }[] };
}

const server = process.env["KUBERNETES_SERVER"] ?? "https://127.0.0.1:6443";
const token = process.env["KUBERNETES_TOKEN"] ?? "";

async function ask(manifest: Manifest): Promise<{ ok: boolean; body: Answer & Manifest }> {
  const kind = kindOf(manifest.apiVersion, manifest.kind);
  if (kind === undefined) throw new Error(`${manifest.apiVersion} ${manifest.kind}: is no known kind; add its schema first`);
  const base = `${manifest.apiVersion.includes("/") ? "/apis" : "/api"}/${manifest.apiVersion}`;
  const place = kind.namespaced ? `/namespaces/${NAMESPACE}` : "";
  const response = await fetch(`${server}${base}${place}/${kind.plural}?fieldValidation=Strict&dryRun=All`, {
    method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: JSON.stringify(manifest),
  });
  return { ok: response.ok, body: JSON.parse(await response.text()) };
}

/** Each problem as "path | reason"; the path is "" where the server gives none. */
function problems({ message = "", details }: Answer): string[] {
  const causes = (details?.causes ?? []).filter((cause) => !cause.message.includes("some validation rules were not checked"));
  if (causes.length > 0) return causes.map(({ field, message: reason }) => `${field === "<nil>" ? "" : field} | ${reason}`);
  const own = message.replace(/^.* cannot be handled as an? \w+: /, "");
  if (!own.startsWith("strict decoding error: ")) return [` | ${own}`];
  return own.replace("strict decoding error: ", "").split(", ").map((each) => `${/"(.*)"/.exec(each)?.[1]} | strict decoding error: ${each}`);
}

const recorded: Record<string, unknown> = JSON.parse(readFileSync(recordedPath, "utf8"));
for (const section of ["builtIn", "workloads", "custom"]) {
  const answers = [];
  for (const manifest of readCases(section)) {
    const { ok, body } = await ask(manifest);
    answers.push(ok ? [] : problems(body));
  }
  recorded[section] = answers;
}

/** One mutation for each answer that the server has; where the sandbox says the same in other words, the words are not held to. */
const mutations: Mutation[] = [];
const heard = new Set<string>();
for (const [index, manifest] of readCases("admitted").entries()) {
  for (const { path, value } of mutationsOf(manifest)) {
    const changed = mutate(manifest, path, value);
    const { ok, body } = await ask(changed);
    const reasons = ok ? [] : settled(problems(body).map((each) => each.replace(/^.*? \| /, "")));
    const kind = JSON.stringify([manifest.kind, reasons]);
    if (heard.has(kind)) continue;
    heard.add(kind);
    const isSame = JSON.stringify(settled(validate(changed).map(({ reason }) => reason))) === JSON.stringify(reasons);
    mutations.push({ index, path, ...(value === undefined ? {} : { value }), reasons, ...(isSame ? {} : { otherWords: true }) });
  }
}
recorded["mutations"] = mutations;

const stored = [];
for (const manifest of readCases("admitted")) stored.push(stableFields((await ask(manifest)).body));
recorded["stored"] = stored;

const lines = Object.entries(recorded).map(([section, answers]) => `${JSON.stringify(section)}: ${Array.isArray(answers) ? `[\n${answers.map((each) => JSON.stringify(each)).join(",\n")}\n]` : JSON.stringify(answers)}`);
writeFileSync(join(import.meta.dirname, "recorded.json"), `{\n${lines.join(",\n")}\n}\n`);
