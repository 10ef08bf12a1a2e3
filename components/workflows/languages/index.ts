import { go } from "./go.ts";
import type { GoProject } from "./go.ts";
import { node } from "./node.ts";
import type { NodeProject } from "./node.ts";
import { python } from "./python.ts";
import type { PythonProject } from "./python.ts";
import type { Toolchain } from "./toolchain.ts";

export type { GoProject, NodeProject, PythonProject, Toolchain };

/** What the code is written in, with the tools that its team uses. */
export type Project = PythonProject | GoProject | NodeProject;

export function toolchain(project: Project): Toolchain {
  switch (project.language) {
    case "python":
      return python(project);
    case "go":
      return go(project);
    case "node":
      return node(project);
    default:
      return project satisfies never;
  }
}

/** The version that single jobs take: the newest. */
export function newest({ versions }: Toolchain): string {
  return versions.at(-1) ?? versions[0];
}
