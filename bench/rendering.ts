import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { withPipelines } from "../components/delivery/pipelines.ts";
import { sectionsSchema } from "../settings/schema/settings.ts";
import { root } from "../toolchain/paths.ts";

export interface Rendering {
  repositories: number;
  files: number;
  milliseconds: number;
}

/** Makes every file of `count` repositories, the five systems again and again, out of their settings. */
export function rendering(count: number): Rendering {
  const { config } = parse(readFileSync(join(root, "Pulumi.sandbox.yaml"), "utf8"));
  const [repositories, services] = [config["slipway:repositories"], config["slipway:services"]];
  const sections = sectionsSchema.parse({ repositories, services });
  const declared = Object.entries(sections.repositories ?? {});
  const began = performance.now();
  let files = 0;
  for (let at = 0; at < count; at++) {
    const [name, settings] = declared[at % declared.length] ?? [];
    if (name === undefined || settings === undefined) throw new Error("the sandbox stack declares no repository");
    const made = withPipelines(config["github:owner"], name, settings, sections.services ?? {});
    files += made.existing ? 0 : Object.keys(made.files?.content ?? {}).length;
  }
  return { repositories: count, files, milliseconds: performance.now() - began };
}
