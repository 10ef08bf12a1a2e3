import { isProperties } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import type { Catalogue, Kind } from "../kinds.ts";

/**
 * The catalogue with everything left to the cluster that the cluster knows better: whether pods become ready, what a deleted namespace took along,
 * and which defaults are there. What other managers own is not part of what the program declared, so it is no drift.
 */
export function ofCluster(catalogue: Catalogue): Catalogue {
  const kinds = new Map<string, Kind>();
  return {
    ...catalogue,
    kind(token) {
      const found = kinds.get(token) ?? catalogue.kind(token);
      if (found === undefined || kinds.has(token)) return found;
      const live: Kind = {
        ...found,
        notReady: () => [],
        orphaned: () => false,
        inputs: (body, olds) => found.inputs(olds === undefined ? body : declaredPart(body, olds), olds),
      };
      kinds.set(token, live);
      return live;
    },
  };
}

/** The part of a live object that its declaration speaks of; a Secret's data is what its stringData became. */
export function declaredPart(live: Properties, declared: Properties): Properties {
  const part = mapping(live, declared);
  return declared["stringData"] !== undefined && live["data"] !== undefined ? { ...part, data: live["data"] } : part;
}

function mapping(live: Properties, declared: Properties): Properties {
  const found: Properties = {};
  for (const [key, value] of Object.entries(declared)) {
    const stored = live[key];
    if (stored !== undefined) found[key] = part(stored, value);
    // The server stores no empty list or mapping: that it is not there is no change.
    else if (isEmpty(value)) found[key] = value;
  }
  return found;
}

function isEmpty(value: Value): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function part(live: Value, declared: Value | undefined): Value {
  if (isProperties(live) && isProperties(declared)) return mapping(live, declared);
  // Items that were added or removed are seen as they are.
  if (Array.isArray(live) && Array.isArray(declared) && live.length === declared.length) return live.map((item, index) => part(item, declared[index]));
  return live;
}
