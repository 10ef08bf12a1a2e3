import { oneLine } from "../rollout/notify/escape.ts";
import { placeKey } from "./place.ts";
import { countsText } from "./summary.ts";
import type { Group, Summary } from "./summary.ts";

/** Boxes of one picture; a larger one is no picture any more. */
const MOST = 24;

/** A Mermaid diagram of the places that change: red where something is lost, yellow where something opens. */
export function picture({ dangers, groups, stack }: Pick<Summary, "dangers" | "groups" | "stack">): string {
  const worst = new Map(dangers.toReversed().map((danger) => [placeKey(danger.place), danger.kind]));
  const systems = [...Map.groupBy(groups.slice(0, MOST), ({ place }) => place.system ?? "")];
  const lines = systems.flatMap(([system, members], at) => {
    const node = system === "" ? "stack" : `s${at}`;
    const self = members.find(({ place }) => place.kind === "repository");
    const others = members.filter((group) => group !== self);
    return [
      ...(system === "" ? [] : [`  stack --> ${node}[${label(system, self)}]${self === undefined ? "" : colour(worst.get(placeKey(self.place)))}`]),
      ...others.map((group, index) => `  ${node} --> n${at}_${index}[${label(`${group.place.kind} ${group.place.name}`, group)}]${colour(worst.get(placeKey(group.place)))}`),
    ];
  });
  const more = groups.length - MOST;
  return [
    "```mermaid",
    "flowchart LR",
    `  stack([${label(`stack ${stack}`)}])`,
    ...lines,
    ...(more > 0 ? [`  stack --> more["and ${more} more places"]`] : []),
    "  classDef lost fill:#fdd,stroke:#c00,color:#000",
    "  classDef open fill:#ffd,stroke:#a80,color:#000",
    "```",
  ].join("\n");
}

function label(text: string, group?: Group): string {
  const counts = group === undefined ? "" : `<br/>${countsText(group.counts)}`;
  return `"${escaped(text)}${counts}"`;
}

/** Mermaid reads `#<code>;` as that character; only what means nothing to it or to Markdown stays as it is. */
function escaped(text: string): string {
  const line = oneLine(text);
  return [...(line.length > 60 ? `${line.slice(0, 59)}…` : line)].map((character) => (/[A-Za-z0-9 ._/…-]/.test(character) ? character : `#${character.codePointAt(0)};`)).join("");
}

function colour(kind: "lost" | "open" | undefined): string {
  return kind === undefined ? "" : `:::${kind}`;
}
