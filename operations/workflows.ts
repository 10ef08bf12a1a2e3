import { resolve } from "node:path";
import { planPipelines, withPipelines } from "../components/delivery/pipelines.ts";
import { pipelinesPage } from "../components/delivery/pipelines-page.ts";
import type { Sections } from "../settings/index.ts";
import { nearest } from "../settings/nearest.ts";
import { Problem } from "../toolchain/problem.ts";
import { stackSettings } from "./stacks/stackSettings.ts";
import { fillFolder } from "./workflowsFolder.ts";

export interface WorkflowsOptions {
  /** Folder for the files: new, empty, or of an earlier run. */
  out: string;
  /** Name of the stack whose file declares the repository. */
  stack: string;
  /** Path and size of each file as JSON. @default a list for people */
  json?: boolean;
}

/** Writes the files that a stack puts into a repository, and a page about them, without the engine and without any account. */
export function workflows(repository: string, { out, stack, json = false }: WorkflowsOptions): number {
  const made = filesOf(stackSettings(stack), repository, stack);
  fillFolder(resolve(out), made);
  const list = Object.entries(made).map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) })).sort((left, right) => (left.path < right.path ? -1 : 1));
  const lines = [...list.map(({ path, bytes }) => `${String(bytes).padStart(7)}  ${path}`), `${list.length} files in ${resolve(out)}; README.md says what each is`];
  console.log(json ? JSON.stringify(list, undefined, 2) : lines.join("\n"));
  return 0;
}

function filesOf({ owner, repositories, services }: Sections, name: string, stack: string): Record<string, string> {
  const settings = Object.hasOwn(repositories, name) ? repositories[name] : undefined;
  if (settings === undefined) {
    const names = Object.keys(repositories);
    const todo = names.length === 0 ? "name a stack with repositories by --stack" : `write ${nearest(name, names) ?? `one of ${names.join(", ")}`}`;
    throw new Problem(`repository ${name}: is not declared by stack ${stack}; ${todo}`);
  }
  const whole = withPipelines(owner, name, settings, services);
  const files = whole.existing ? {} : (whole.files?.content ?? {});
  if (settings.existing || Object.keys(files).length === 0) throw new Problem(`repository ${name}: gets no file from stack ${stack}; declare workflows, community or files for it`);
  const page = Object.hasOwn(files, "README.md") ? "SLIPWAY.md" : "README.md";
  return { ...files, [page]: pipelinesPage(planPipelines(owner, name, settings, services), files) };
}
