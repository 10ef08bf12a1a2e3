import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../../toolchain/command.ts";
import { Problem } from "../../toolchain/problem.ts";
import type { KubernetesObject } from "../api.ts";
import { programPath } from "../cache.ts";

/** What istioctl has to say of an object. */
export interface Remark {
  code: string;
  level: "Info" | "Warning" | "Error";
  object: string;
  message: string;
}

interface Message {
  code: string;
  level: Remark["level"];
  origin: string;
  message: string;
}

/** Everything that istioctl finds in a set of objects, without a cluster. @throws Problem when it does not answer */
export async function analyze(objects: readonly KubernetesObject[], istioctl: string = programPath("istioctl")): Promise<Remark[]> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-analyze-"));
  try {
    const file = join(folder, "objects.yaml");
    writeFileSync(file, objects.map((object) => JSON.stringify(object)).join("\n---\n"));
    // Without --all-namespaces it looks at `default` alone and finds nothing. Its exit code tells of findings, which its output has as well.
    const { stderr, stdout } = await command(istioctl, ["analyze", "--use-kube=false", "--all-namespaces", "--output=json", file], { environment: { ...process.env, HOME: folder }, limit: 60_000 });
    return messages(stdout, stderr).map(({ code, level, message, origin }) => ({ code, level, object: origin, message }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function messages(stdout: string, stderr: string): Message[] {
  try {
    const said: Message[] = JSON.parse(stdout);
    return said;
  } catch {
    throw new Problem(`istioctl: does not analyze, got "${stderr.trim().split("\n").at(-1) ?? ""}"; run slipway lab build`);
  }
}
