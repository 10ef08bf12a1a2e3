import type { Properties, Value } from "../../values.ts";
import { created, invalid, nothing, ok, Refusal } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { camel, object, picked, snakeName, texts } from "../case.ts";
import type { Cloud } from "../cloud.ts";
import { decoded } from "../routes.ts";
import { SETTINGS, toldRepository, topicsOf } from "../repository.ts";

const TOPICS = 20;
const TOPIC = /^[a-z0-9][a-z0-9-]{0,49}$/;
const TOPIC_RULE = `Topics must start with a lowercase letter or number, consist of 50 characters or less, can include hyphens, and be at most ${TOPICS}`;

/** Every repository of an account, those of the population too. */
export function repositoriesOf(cloud: Cloud, owner: string): string[] {
  const made = cloud.documents.folders(`github/${owner}`).filter((name) => cloud.has(`github/${owner}/${name}/repository`)).map(decoded);
  const given = cloud.population.repositories.filter((name) => name.startsWith(`${owner}/`)).map((name) => name.slice(owner.length + 1));
  return [...new Set([...made, ...given])].sort();
}

function listed(asked: Asked, owner: string): { items: Value[] } {
  const all = repositoriesOf(asked.cloud, owner).map((repo) => toldRepository(asked.cloud, asked.cloud.repository({ owner, repo })));
  const { type = "all" } = asked.query;
  return { items: all.filter((each) => type === "all" || type === "owner" || type === "sources" || each["visibility"] === type).filter((each) => asked.sees(String(each["full_name"]))) };
}

function changed(asked: Asked, before: Properties): Properties {
  const { body } = asked;
  const given = camel(picked(body, SETTINGS.map(snakeName)));
  const security = Object.fromEntries(Object.entries(camel(object(body["security_and_analysis"]))));
  if (typeof body["description"] === "string" && body["description"].length > 350) throw invalid("Repository", "description", "custom", "description cannot be more than 350 characters");
  const merges = ["allowMergeCommit", "allowRebaseMerge", "allowSquashMerge"].map((key) => object({ ...before, ...given })[key] ?? true);
  if (merges.every((each) => each === false)) throw invalid("Repository", "merge_commit_allowed", "custom", "You must allow at least one merge option.");
  const visible = body["visibility"] ?? (typeof body["private"] === "boolean" ? (body["private"] ? "private" : "public") : undefined);
  return {
    ...before, ...given, ...(visible === undefined ? {} : { visibility: visible }), ...(body["homepage"] === undefined ? {} : { homepageUrl: body["homepage"] }),
    ...(Object.keys(security).length === 0 ? {} : { securityAndAnalysis: { ...object(before["securityAndAnalysis"]), ...security } }),
  };
}

export const repositories: Handlers = {
  "repos/get": (asked) => ok(toldRepository(asked.cloud, asked.cloud.repository(asked.params))),
  "repos/update": (asked) => {
    const { folder, owner, repo } = asked.body["archived"] === false ? asked.cloud.repository(asked.params) : asked.cloud.writable(asked.params);
    const before = asked.cloud.read(`${folder}/repository`)?.body ?? { name: repo, visibility: "public" };
    if (asked.body["name"] !== undefined && asked.body["name"] !== repo) throw new Refusal(501, `The sandbox does not rename ${owner}/${repo} by the REST API`);
    const branch = asked.body["default_branch"];
    if (typeof branch === "string") {
      if (!asked.cloud.branches({ folder }).has(branch)) throw invalid("Repository", "default_branch", "custom", `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`);
      asked.cloud.put(`${folder}/default-branch`, { ...asked.cloud.read(`${folder}/default-branch`)?.body, branch, repository: repo });
    }
    asked.cloud.put(`${folder}/repository`, changed(asked, before));
    return ok(toldRepository(asked.cloud, { folder, owner, repo }));
  },
  "repos/create-in-org": (asked) => {
    const [owner, name] = [asked.params["org"] ?? "", String(asked.body["name"])];
    if (!/^[A-Za-z0-9._-]{1,100}$/.test(name) || name.startsWith("_")) throw invalid("Repository", "name", "custom", "name can only contain ASCII letters, digits, and the characters ., - and _");
    if (repositoriesOf(asked.cloud, owner).some((each) => each.toLowerCase() === name.toLowerCase())) throw invalid("Repository", "name", "custom", "name already exists on this account");
    const made = { ...changed(asked, { name, autoInit: asked.body["auto_init"] === true }) };
    asked.cloud.put(asked.cloud.path("Repository", owner, made), { visibility: "public", ...made });
    return created(toldRepository(asked.cloud, asked.cloud.repository({ owner, repo: name })));
  },
  "repos/delete": (asked) => {
    const { folder } = asked.cloud.repository(asked.params);
    asked.cloud.documents.removeFolder(folder);
    return nothing;
  },
  "repos/list-for-org": (asked) => listed(asked, asked.params["org"] ?? ""),
  "repos/list-for-user": (asked) => listed(asked, asked.params["username"] ?? ""),
  "repos/get-all-topics": (asked) => ok({ names: topicsOf(asked.cloud, asked.cloud.repository(asked.params)) }),
  "repos/replace-all-topics": (asked) => {
    const { folder, repo } = asked.cloud.writable(asked.params);
    const topics = texts(asked.body["names"]);
    if (topics.length > TOPICS || topics.some((topic) => !TOPIC.test(topic))) throw new Refusal(422, "Validation Failed", [TOPIC_RULE]);
    // Declared beside the repository or with it: where they were declared they are changed.
    const own = asked.cloud.read(`${folder}/topics`);
    const repository = asked.cloud.read(`${folder}/repository`);
    if (own !== undefined || repository === undefined) asked.cloud.put(`${folder}/topics`, { ...own?.body, repository: repo, topics });
    else asked.cloud.put(repository.path, { ...repository.body, topics });
    return ok({ names: topics });
  },
};
