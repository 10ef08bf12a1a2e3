import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { Place } from "./place.ts";

/** Finds the line of a stack's file that declares a place; of what is not in it any more, the line above it in the file's tree. */
export function linesOf(text: string): (place: Place) => number {
  const counter = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: counter, keepSourceTokens: false });
  return (place) => {
    let [at, offset]: [unknown, number] = [contents, 0];
    for (const key of pathOf(place)) {
      if (!isMap(at)) break;
      const pair = at.items.find((each) => isScalar(each.key) && each.key.value === key);
      if (pair === undefined || !isScalar(pair.key)) break;
      [at, offset] = [pair.value, pair.key.range?.[0] ?? offset];
    }
    return counter.linePos(offset).line || 1;
  };
}

function pathOf({ kind, name, system = "" }: Place): string[] {
  switch (kind) {
    case "repository":
      return ["config", "slipway:repositories", name];
    case "environment":
      return ["config", "slipway:repositories", system, "environments", name];
    case "service":
      return ["config", "slipway:services", name];
    case "namespace":
      return ["config", "slipway:namespaces", name];
    case "stack":
      return ["config"];
    default:
      return kind satisfies never;
  }
}
