import { nothing, ok, Refusal } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { declaredProtection, protectionOf, toldProtection } from "../protection.ts";

/** GitHub speaks of branches that are there. */
function branchOf(asked: Asked): string {
  const branch = asked.params["branch"] ?? "";
  if (!asked.cloud.branches(asked.cloud.repository(asked.params)).has(branch)) throw new Refusal(404, "Branch not found");
  return branch;
}

export const protections: Handlers = {
  "repos/get-branch-protection": (asked) => {
    const branch = branchOf(asked);
    const found = protectionOf(asked, branch);
    if (found === undefined) throw new Refusal(404, "Branch not protected");
    return ok(toldProtection(asked, found, branch));
  },
  "repos/update-branch-protection": (asked) => {
    const { owner, repo } = asked.cloud.writable(asked.params);
    const branch = branchOf(asked);
    const body = declaredProtection(asked, repo, branch);
    const found = asked.cloud.put(asked.cloud.path("BranchProtectionV3", owner, body), body);
    return ok(toldProtection(asked, found, branch));
  },
  "repos/delete-branch-protection": (asked) => {
    asked.cloud.writable(asked.params);
    const found = protectionOf(asked, branchOf(asked));
    if (found === undefined) throw new Refusal(404, "Branch not protected");
    asked.cloud.remove(found.path);
    return nothing;
  },
};
