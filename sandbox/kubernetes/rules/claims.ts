import { hasUnknown, isEmpty } from "../manifest.ts";
import { quantity } from "../quantity.ts";
import { invalid, required } from "../reasons.ts";
import { at } from "../select.ts";
import type { Check, Rule } from "./rule.ts";

const accessModes: Check = (value, report) => {
  if (isEmpty(value) || (Array.isArray(value) && value.length === 0)) report(required("at least 1 access mode is required"));
};
const storage: Check = (value, report) => {
  const asked = at(value, "resources.requests.storage");
  if (asked === undefined && !hasUnknown(value)) report(required(), "resources[storage]");
  else if ((quantity(asked) ?? 1) <= 0) report(invalid(String(asked), "must be greater than zero"), "resources[storage]");
};

/** A claim's spec, alone or as a StatefulSet's template. */
export const claimRules = (path: string): Rule[] => [[`${path}.accessModes`, accessModes], [path, storage]];
