import type { Found } from "../../documents.ts";
import type { Properties } from "../../values.ts";
import { created, invalid, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { object, objects, picked } from "../case.ts";
import { numberIn } from "../cloud.ts";
import { commitOf } from "../commits.ts";
import { nodeId, user } from "../shapes.ts";

const FIRST = 3_000_000_000;
const LONGEST = 65_535;

/** Checks are an app's to make: the sandbox's token passes for that of GitHub Actions. */
function app(): Properties {
  return {
    id: 15_368, slug: "github-actions", node_id: nodeId("app:github-actions"), owner: user("github"), name: "GitHub Actions", description: null,
    external_url: "https://help.github.com/en/actions", html_url: "https://github.com/apps/github-actions", created_at: "2018-07-30T09:30:17Z", updated_at: "2018-07-30T09:30:17Z",
    permissions: { checks: "write", metadata: "read" }, events: [],
  };
}

function told(asked: Asked, found: Found): Properties {
  const { owner, repo } = asked.cloud.repository(asked.params);
  const id = numberIn(found);
  const { annotations, ...output } = object(found.body["output"]);
  const url = `https://api.github.com/repos/${owner}/${repo}/check-runs/${id}`;
  return {
    id, node_id: nodeId(url), url, html_url: `https://github.com/${owner}/${repo}/runs/${id}`, details_url: null, external_id: "", pull_requests: [], check_suite: { id: FIRST }, app: app(),
    conclusion: null, completed_at: null, ...picked(found.body, ["name", "head_sha", "external_id", "details_url", "status", "conclusion", "started_at", "completed_at"]),
    output: { title: null, summary: null, text: null, ...output, annotations_count: objects(annotations).length, annotations_url: `${url}/annotations` },
  };
}

function stated(asked: Asked, before: Properties): Properties {
  const { output } = asked.body;
  const given = object(output);
  for (const key of ["summary", "text"]) {
    const { length } = String(given[key] ?? "");
    if (length > LONGEST) throw invalid("CheckRun", `output.${key}`, "custom", `Only ${LONGEST} characters are allowed; ${length} were supplied.`);
  }
  const already = object(before["output"]);
  // Annotations of a later request are added to those of the ones before: fifty a request is no limit of the whole.
  const annotations = [...objects(already["annotations"]), ...objects(given["annotations"])];
  const conclusion = asked.body["conclusion"] === undefined ? {} : { conclusion: asked.body["conclusion"], status: "completed", completed_at: asked.body["completed_at"] ?? asked.cloud.now() };
  if (asked.body["status"] === "completed" && asked.body["conclusion"] === undefined) throw invalid("CheckRun", "conclusion", "missing_field");
  return {
    ...before, ...picked(asked.body, ["name", "head_sha", "external_id", "details_url", "status", "started_at", "completed_at"]), ...conclusion,
    ...(output === undefined ? {} : { output: { ...already, ...given, annotations } }),
  };
}

function all(asked: Asked): Found[] {
  return asked.cloud.list(`${asked.cloud.repository(asked.params).folder}/check-runs`).sort((a, b) => numberIn(b) - numberIn(a));
}

function one(asked: Asked): Found {
  return asked.cloud.numbered(`${asked.cloud.repository(asked.params).folder}/check-runs`, asked.params["check_run_id"]);
}

export const checks: Handlers = {
  "checks/create": (asked) => {
    const { folder } = asked.cloud.writable(asked.params);
    if (!/^[0-9a-f]{40}$/.test(String(asked.body["head_sha"]))) throw invalid("CheckRun", "head_sha", "custom", `No commit found for SHA: ${String(asked.body["head_sha"])}`);
    const id = 1 + Math.max(FIRST, ...all(asked).map(numberIn));
    return created(told(asked, asked.cloud.put(`${folder}/check-runs/${id}`, stated(asked, { status: "queued", started_at: asked.cloud.now() }), [], id)));
  },
  "checks/update": (asked) => {
    asked.cloud.writable(asked.params);
    const found = one(asked);
    return ok(told(asked, asked.cloud.put(found.path, stated(asked, found.body))));
  },
  "checks/get": (asked) => ok(told(asked, one(asked))),
  "checks/list-annotations": (asked) => ({ items: objects(object(one(asked).body["output"])["annotations"]).map((each) => ({
    start_column: null, end_column: null, title: null, raw_details: null, blob_href: "", ...each,
  })) }),
  "checks/list-for-ref": (asked) => {
    const { check_name: name, filter = "latest", status } = asked.query;
    const sha = commitOf(asked.cloud, asked.cloud.repository(asked.params), asked.params["ref"] ?? "");
    const found = all(asked).filter(({ body }) => body["head_sha"] === sha && (name === undefined || body["name"] === name) && (status === undefined || body["status"] === status));
    const latest = found.filter(({ body }, index) => found.findIndex((each) => each.body["name"] === body["name"]) === index);
    return { key: "check_runs", items: (filter === "all" ? found : latest).map((each) => told(asked, each)) };
  },
};
