import type { Properties } from "../../values.ts";
import { created, invalid, nothing, notFound, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { objects, picked } from "../case.ts";
import { numberOf } from "../../identity.ts";
import { issueOf, writeIssue } from "../issues.ts";
import { labelOf, labelsOf } from "../labels.ts";

function told(asked: Asked, label: Properties): Properties {
  const { owner, repo } = asked.cloud.repository(asked.params);
  return labelOf(owner, repo, label);
}

function one(asked: Asked, name = asked.params["name"] ?? ""): Properties {
  const found = labelsOf(asked.cloud, asked.cloud.repository(asked.params)).find((each) => String(each["name"]).toLowerCase() === name.toLowerCase());
  if (found === undefined) throw notFound();
  return found;
}

/** Where one document declares all labels, it is the truth of them all; else each is a document of its own. */
function write(asked: Asked, before: string | undefined, label: Properties | undefined): void {
  const { folder, owner, repo } = asked.cloud.writable(asked.params);
  const together = asked.cloud.read(`${folder}/labels`);
  const place = (name: string) => asked.cloud.path("IssueLabel", owner, { repository: repo, name });
  if (together !== undefined && (before === undefined || objects(together.body["labels"]).some(({ name }) => name === before))) {
    const others = objects(together.body["labels"]).filter(({ name }) => name !== before);
    const labels = [...others, ...(label === undefined ? [] : [label])].sort((a, b) => (String(a["name"]) < String(b["name"]) ? -1 : 1));
    asked.cloud.put(together.path, { ...together.body, labels });
    return;
  }
  // One that was renamed stays where it was made.
  const existing = before === undefined ? undefined : asked.cloud.list(`${folder}/labels`).find(({ body }) => body["name"] === before);
  if (label === undefined) asked.cloud.remove(existing?.path ?? "");
  else asked.cloud.put(existing?.path ?? place(String(label["name"])), { ...label, repository: repo }, [], existing?.number ?? numberOf(`${folder}/labels/${String(label["name"])}`));
}

function checked(asked: Asked, label: Properties, before?: string): Properties {
  const taken = labelsOf(asked.cloud, asked.cloud.repository(asked.params)).some(({ name }) => name !== before && String(name).toLowerCase() === String(label["name"]).toLowerCase());
  if (taken) throw invalid("Label", "name", "already_exists");
  if (!/^[0-9a-fA-F]{6}$/.test(String(label["color"]))) throw invalid("Label", "color", "invalid");
  if (String(label["description"] ?? "").length > 100) throw invalid("Label", "description", "too_long");
  return label;
}

/** The labels that an issue has, by a request that changes them. */
function relabelled(asked: Asked, change: (names: string[]) => string[]) {
  asked.cloud.writable(asked.params);
  const found = issueOf(asked.cloud, asked.cloud.repository(asked.params), asked.params["issue_number"]);
  const labels = change(Array.isArray(found.body["labels"]) ? found.body["labels"].map(String) : []);
  writeIssue(asked.cloud, found, { labels });
  return labelled(asked, labels);
}

function labelled(asked: Asked, names: string[]): Properties[] {
  const all = labelsOf(asked.cloud, asked.cloud.repository(asked.params));
  return names.map((name) => told(asked, all.find((each) => each["name"] === name) ?? { name }));
}

function names(asked: Asked): string[] {
  const given = asked.body["labels"];
  return Array.isArray(given) ? given.map((each) => (typeof each === "object" && each !== null && "name" in each ? String(each["name"]) : String(each))) : [];
}

export const labels: Handlers = {
  "issues/list-labels-for-repo": (asked) => ({ items: labelsOf(asked.cloud, asked.cloud.repository(asked.params)).map((each) => told(asked, each)) }),
  "issues/get-label": (asked) => ok(told(asked, one(asked))),
  "issues/create-label": (asked) => {
    const label = checked(asked, { color: "ededed", ...picked(asked.body, ["name", "color", "description"]) });
    write(asked, undefined, label);
    return created(told(asked, label));
  },
  "issues/update-label": (asked) => {
    const before = one(asked);
    const { new_name: name, ...rest } = asked.body;
    const label = checked(asked, { ...picked(before, ["name", "color", "description"]), ...picked(rest, ["color", "description"]), ...(name === undefined ? {} : { name }) }, String(before["name"]));
    write(asked, String(before["name"]), label);
    return ok(told(asked, label));
  },
  "issues/delete-label": (asked) => {
    write(asked, String(one(asked)["name"]), undefined);
    return nothing;
  },
  "issues/list-labels-on-issue": (asked) => {
    const found = issueOf(asked.cloud, asked.cloud.repository(asked.params), asked.params["issue_number"]);
    return { items: labelled(asked, Array.isArray(found.body["labels"]) ? found.body["labels"].map(String) : []) };
  },
  "issues/add-labels": (asked) => ok(relabelled(asked, (before) => [...new Set([...before, ...names(asked)])])),
  "issues/set-labels": (asked) => ok(relabelled(asked, () => names(asked))),
  "issues/remove-label": (asked) => ok(relabelled(asked, (before) => {
    if (!before.includes(asked.params["name"] ?? "")) throw notFound();
    return before.filter((name) => name !== asked.params["name"]);
  })),
};
