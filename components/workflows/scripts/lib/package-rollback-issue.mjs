// The issue of a rollback, from its plan to its end.
import { plain, table } from "./markdown.mjs";

/** Title, body and marker of the issue; `steps` are names with results. */
export function rollbackIssue({ project, version, bad, reason, action, actor, steps }) {
  const body = [
    `${plain(project)} goes back to **${plain(version)}**, started by ${plain(actor)}.`,
    "",
    `> ${plain(reason)}`,
    "",
    table(["", ""], [["Taken back", bad.join(", ")], ["In the index", action === "none" ? "left alone" : action]]),
    "",
    steps.length > 0 ? table(["Step", "Result"], steps) : "The steps are running.",
    "",
    "- [ ] Users were told",
    "- [ ] The cause is understood",
    "- [ ] A mended release is out",
  ];
  return { marker: `rollback ${project} ${version}`, title: `Rollback of ${project} to ${version}`, body: body.join("\n") };
}
