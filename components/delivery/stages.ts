import { isRejected, withRole } from "./parts.ts";
import type { Release, Strategy } from "./release-types.ts";

/** The weights that a candidate passes through, in percent; the first is the one it starts at. */
export function stagesOf(strategy: Strategy): readonly number[] {
  switch (strategy.kind) {
    case "direct":
      return [100];
    case "canary":
      return strategy.stages;
    case "blue-green":
      return [0, 100];
    default:
      return strategy satisfies never;
  }
}

/** The weight after this one; undefined when it has all the traffic. A weight between two stages moves on to the upper one. */
export function nextStage(strategy: Strategy, weight: number): number | undefined {
  return stagesOf(strategy).find((stage) => stage > weight);
}

/** One line for people: where the release stands. */
export function stageText(release: Release): string {
  const [candidate] = withRole(release, "candidate");
  const live = release.revisions.filter(({ role }) => role !== "retained");
  const condemned = live.find(({ id }) => isRejected(release.rejected, id));
  if (condemned !== undefined) return `${condemned.id} is rejected and loses its ${condemned.weight} % in the next update`;
  if (candidate === undefined) return "settled";
  const share = `${candidate.id} at ${candidate.weight} %`;
  return release.stage.kind === "held" ? `${share}, held: ${release.stage.reason}` : share;
}
