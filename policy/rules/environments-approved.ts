import type { Complaint, ResourcePolicy } from "../types.ts";
import { fields, isUnknown, items, text } from "../values.ts";

export const environmentsApproved: ResourcePolicy = {
  name: "environments-approved",
  about: "resource",
  severity: "mandatory",
  description: "Nobody deploys to a production environment alone: it has reviewers, no review of one's own run, and no bypass for administrators",
  reason: "Without all three one stolen token is enough to reach production",
  judge({ type, properties }, { production }) {
    if (type !== "github:index/repositoryEnvironment:RepositoryEnvironment" || !production.environments.includes(text(properties["environment"]))) return [];
    const { preventSelfReview = false, canAdminsBypass = true, reviewers } = properties;
    const complaints: (Complaint | false)[] = [
      !isUnknown(reviewers) && !items(reviewers).some(names) && { path: "reviewers", wrong: "names nobody", todo: "name a team or a user that approves deployments" },
      preventSelfReview === false && { path: "preventSelfReview", wrong: "lets whoever starts a deployment approve it", got: false, todo: "set it to true" },
      canAdminsBypass === true && { path: "canAdminsBypass", wrong: "lets administrators deploy without approval", got: true, todo: "set it to false" },
    ];
    return complaints.filter((complaint) => complaint !== false);
  },
};

function names(reviewer: unknown): boolean {
  const { teams, users } = fields(reviewer);
  return [teams, users].some((list) => isUnknown(list) || items(list).length > 0);
}
