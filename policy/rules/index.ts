import type { Policy } from "../types.ts";
import { actionsPinned } from "./actions-pinned.ts";
import { callersNamed } from "./callers-named.ts";
import { defaultBranchProtected } from "./default-branch-protected.ts";
import { environmentsApproved } from "./environments-approved.ts";
import { imagesFromRegistries } from "./images-from-registries.ts";
import { imagesPinned } from "./images-pinned.ts";
import { meshMtlsStrict } from "./mesh-mtls-strict.ts";
import { podsRestricted } from "./pods-restricted.ts";
import { probesSet } from "./probes-set.ts";
import { productionRedundant } from "./production-redundant.ts";
import { rbacNarrow } from "./rbac-narrow.ts";
import { resourcesSet } from "./resources-set.ts";
import { secretsNotPlain } from "./secrets-not-plain.ts";
import { weightsAddUp } from "./weights-add-up.ts";
import { workflowPermissions } from "./workflow-permissions.ts";

/** Every policy, in the order of docs/policy.md. */
export const policies: readonly Policy[] = [
  imagesPinned,
  imagesFromRegistries,
  podsRestricted,
  resourcesSet,
  probesSet,
  productionRedundant,
  weightsAddUp,
  meshMtlsStrict,
  callersNamed,
  rbacNarrow,
  environmentsApproved,
  defaultBranchProtected,
  actionsPinned,
  workflowPermissions,
  secretsNotPlain,
];
