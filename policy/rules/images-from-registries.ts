import type { Complaint, ResourcePolicy } from "../types.ts";
import { isUnknown, text } from "../values.ts";
import { containersOf, podsOf } from "../workloads.ts";

export const imagesFromRegistries: ResourcePolicy = {
  name: "images-from-registries",
  about: "resource",
  severity: "mandatory",
  description: "A container's image comes from a registry that the stack allows",
  reason: "Whoever can push to a registry decides what runs in the cluster",
  judge(resource, { registries }) {
    return containersOf(podsOf(resource), "all").flatMap(({ path, value: { image } }): Complaint[] => {
      if (isUnknown(image) || registries.some((registry) => text(image).startsWith(`${registry}/`))) return [];
      const todo = `push it to ${registries.join(" or ")}, or add its registry to slipway:policy registries`;
      return [{ path: `${path}.image`, wrong: "comes from a registry that is not allowed", got: image, todo }];
    });
  },
};
