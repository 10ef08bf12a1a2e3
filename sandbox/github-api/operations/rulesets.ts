import type { Found } from "../../documents.ts";
import type { Properties } from "../../values.ts";
import { created, invalid, nothing, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { camel, object, objects, picked, snake, texts } from "../case.ts";
import { numberIn } from "../cloud.ts";
import { nodeId } from "../shapes.ts";
import { declaredRules, toldRules } from "../rules.ts";

/** Who may bypass a ruleset is told only to those who may change it. */
function told(found: Found, asked: Asked, whole: boolean): Properties {
  const { body } = found;
  const { owner, repo } = asked.params;
  const own = `https://api.github.com/repos/${owner}/${repo}/rulesets/${numberIn(found)}`;
  const actors = objects(body["bypassActors"]).map((actor) => ({
    actor_id: Number(actor["actorId"] ?? 0) || null, actor_type: String(actor["actorType"]), bypass_mode: String(actor["bypassMode"] ?? "always"),
  }));
  return {
    id: numberIn(found), name: String(body["name"]), target: String(body["target"] ?? "branch"), source_type: "Repository", source: `${owner}/${repo}`,
    enforcement: String(body["enforcement"] ?? "disabled"), node_id: nodeId(found.path), created_at: found.created, updated_at: found.updated,
    _links: { self: { href: own }, html: { href: `https://github.com/${owner}/${repo}/rules/${numberIn(found)}` } },
    ...(whole && asked.mayWrite("administration") ? { bypass_actors: actors, current_user_can_bypass: actors.some(bypasses) ? "always" : "never" } : {}),
    ...(whole ? { conditions: conditions(object(body["conditions"])), rules: toldRules(object(body["rules"])) } : {}),
  };
}

/** The sandbox's actor is an administrator of the organisation and of the repository. */
function bypasses({ actor_id: id, actor_type: type, bypass_mode: mode }: Properties): boolean {
  return mode === "always" && (type === "OrganizationAdmin" || (type === "RepositoryRole" && id === 5));
}

function conditions(declared: Properties): Properties {
  const { excludes, includes } = object(declared["refName"]);
  return { ref_name: { include: texts(includes), exclude: texts(excludes) } };
}

function declared(asked: Asked, repository: string, existing: Properties): Properties {
  const { body } = asked;
  const names = object(object(body["conditions"])["ref_name"]);
  const given = picked(camel({ ...picked(body, ["name", "target", "enforcement"]) }), ["name", "target", "enforcement"]);
  return {
    target: "branch", ...existing, ...given, repository,
    ...(body["bypass_actors"] === undefined ? {} : { bypassActors: objects(body["bypass_actors"]).map(camel) }),
    ...(body["conditions"] === undefined ? {} : { conditions: { refName: { includes: texts(names["include"]), excludes: texts(names["exclude"]) } } }),
    ...(body["rules"] === undefined ? {} : { rules: declaredRules(objects(body["rules"])) }),
  };
}

function one(asked: Asked): Found {
  return asked.cloud.numbered(`${asked.cloud.repository(asked.params).folder}/rulesets`, asked.params["ruleset_id"]);
}

function unique(asked: Asked, folder: string, name: string, self?: string): void {
  if (asked.cloud.list(`${folder}/rulesets`).some((each) => each.body["name"] === name && each.path !== self)) throw invalid("Ruleset", "name", "already_exists", "Name must be unique");
}

export const rulesets: Handlers = {
  "repos/get-repo-rulesets": (asked) => {
    const wanted = asked.query["targets"]?.split(",");
    const found = asked.cloud.list(`${asked.cloud.repository(asked.params).folder}/rulesets`);
    return { items: found.map((each) => told(each, asked, false)).filter(({ target }) => wanted === undefined || wanted.includes(String(target))) };
  },
  "repos/get-repo-ruleset": (asked) => ok(told(one(asked), asked, true)),
  "repos/create-repo-ruleset": (asked) => {
    const { folder, owner, repo } = asked.cloud.writable(asked.params);
    const body = declared(asked, repo, { bypassActors: [] });
    unique(asked, folder, String(body["name"]));
    return created(told(asked.cloud.put(asked.cloud.path("RepositoryRuleset", owner, body), body), asked, true));
  },
  "repos/update-repo-ruleset": (asked) => {
    const { folder, repo } = asked.cloud.writable(asked.params);
    const found = one(asked);
    const body = declared(asked, repo, found.body);
    unique(asked, folder, String(body["name"]), found.path);
    // It stays where it was made, so that the program that made it finds it renamed.
    return ok(told(asked.cloud.put(found.path, body), asked, true));
  },
  "repos/delete-repo-ruleset": (asked) => {
    asked.cloud.writable(asked.params);
    asked.cloud.remove(one(asked).path);
    return nothing;
  },
  "repos/get-org-rulesets": (asked) => ({ items: asked.cloud.list(`github/${asked.params["org"]}/_organization/rulesets`).map((found) => ({
    id: numberIn(found), name: String(found.body["name"]), target: String(found.body["target"] ?? "branch"), source_type: "Organization", source: String(asked.params["org"]),
    enforcement: String(found.body["enforcement"] ?? "disabled"), ...snake({ createdAt: found.created, updatedAt: found.updated }),
  })) }),
};

