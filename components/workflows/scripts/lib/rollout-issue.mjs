// The tracking issue of a rollout, and the summary of the run: the same text.
import { code, plain, table } from "./markdown.mjs";

const PHASES = {
  starting: "Starting",
  walking: "In progress",
  baking: "At 100 %, baking before the old revision goes",
  held: "Held",
  done: "Done: all traffic goes to this version",
  "rolled-back": "Rolled back: all traffic goes to the stable version",
  failed: "Failed",
  lost: "Held: the driver died",
};

/** How far the state is, for people; `commands` are the lines that go on and go back. */
export function report(state, { service, version, stack, environment, runUrl, commands }) {
  return [
    `**${PHASES[state.phase]}** in [this run](${runUrl}).${state.reason ? ` ${plain(state.reason)}.` : ""}`,
    "",
    table(["Service", "Version", "Stack", "Environment", "Stage", "Weight"], [[service, version, stack, environment, stageOf(state), state.weight === undefined ? "–" : `${state.weight} %`]]),
    ...gateOf(state),
    ...historyOf(state),
    ...goingOn(state, commands),
  ].join("\n");
}

function stageOf({ stage, stages }) {
  return stage === undefined ? "–" : `${stage}${stages.length > 0 ? ` of ${stages.length}` : ""}`;
}

function gateOf({ gate }) {
  if (!gate) return [];
  const rows = gate.indicators.map(({ name, value, limit, unit }) => [name, value === null ? "no data" : `${value} ${unit ?? ""}`, limit === undefined ? "–" : `${limit} ${unit ?? ""}`]);
  const head = `Verdict **${plain(gate.verdict)}** after ${gate.samples} requests, at ${plain(gate.at)}`;
  return ["", head, ...(rows.length === 0 ? [] : ["", table(["Indicator", "Value", "Limit"], rows)])];
}

function historyOf({ history }) {
  return history.length === 0 ? [] : ["", table(["At", "What happened"], history.map(({ at, what }) => [at, what]))];
}

function goingOn({ phase, next, weight }, { on, back }) {
  if (phase === "rolled-back") return ["", "The rejected version does not start again until another one is named or the rejection is cleared."];
  if (!["held", "failed", "lost"].includes(phase)) return [];
  const stays = weight === undefined ? "Whatever the release's weight is, it stays" : `The weight stays at ${weight} %`;
  return ["", `${stays} until somebody goes on. Run the workflow again, or in the stack's repository:`, "", code(next ?? on), "", "To take the version back:", "", code(back)];
}
