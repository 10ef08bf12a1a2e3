import { promoted, takenBack } from "../comparison-queries.ts";
import type { ServiceLevel } from "../service-level.ts";
import { speaks } from "../speaks.ts";
import { revisionsMade } from "../workload-queries.ts";
import type { Annotation } from "./document.ts";

/** What a release did, as marks on every graph: the cause of a change is seen beside it. */
export function releaseMarks(level: ServiceLevel): Annotation[] {
  const made: Annotation = {
    name: "New revisions", expression: `${revisionsMade(level)} * 1000`, atValue: true, colour: "blue", title: "new revision", text: "{{deployment}} was made",
  };
  if (!speaks(level).http) return [made];
  return [
    made,
    { name: "Promotions", expression: promoted(level), colour: "green", title: "promoted", text: "{{revision}} answers most of the requests" },
    { name: "Taken back", expression: takenBack(level), colour: "red", title: "taken back", text: "{{revision}} was not the stable revision and has no requests any more" },
  ];
}
