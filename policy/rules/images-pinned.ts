import type { Complaint, ResourcePolicy } from "../types.ts";
import { isUnknown, text } from "../values.ts";
import { containersOf, podsOf } from "../workloads.ts";

const DIGEST = /@sha256:[0-9a-f]{64}$/;

export const imagesPinned: ResourcePolicy = {
  name: "images-pinned",
  about: "resource",
  severity: "mandatory",
  description: "A container's image is named by its digest",
  reason: "A tag can be moved after the review: what runs then is not what was read, scanned and signed",
  judge(resource) {
    return containersOf(podsOf(resource), "all").flatMap(({ path, value: { image } }): Complaint[] => {
      if (isUnknown(image) || DIGEST.test(text(image))) return [];
      return [{ path: `${path}.image`, wrong: "is not named by its digest", got: image, todo: "write it as <repository>@sha256:<digest>, which crane digest tells" }];
    });
  },
};
