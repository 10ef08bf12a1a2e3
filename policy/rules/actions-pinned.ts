import { actionsFile } from "../repository-files.ts";
import type { Complaint, ResourcePolicy } from "../types.ts";
import { walk } from "../values.ts";

const PINNED = [/^\.\//, /^[^@]+@[0-9a-f]{40}$/, /^docker:\/\/[^@]+@sha256:[0-9a-f]{64}$/];

export const actionsPinned: ResourcePolicy = {
  name: "actions-pinned",
  about: "resource",
  severity: "mandatory",
  description: "Workflows take actions by their commit",
  reason: "Whoever can move an action's tag runs code with the workflow's secrets",
  judge(resource) {
    const file = actionsFile(resource);
    if (file === undefined) return [];
    if (file.kind === "unreadable") return [{ path: "content", wrong: "is not YAML, so that nobody can say what it runs", got: file.reason, todo: "correct it" }];
    return [...walk(file.document)].flatMap(({ path, value }): Complaint[] => {
      if (path.at(-1) !== "uses" || typeof value !== "string" || PINNED.some((form) => form.test(value))) return [];
      return [{ path: path.join("."), wrong: "is not pinned to a commit", got: value, todo: "write the commit's 40 digits after the @, and the version in a comment" }];
    });
  },
};
