import type { Found } from "../../documents.ts";
import type { Path, Properties } from "../../values.ts";
import { created, invalid, nothing, notFound, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { object, texts } from "../case.ts";
import { numberIn } from "../cloud.ts";

/** GitHub tells a secret's presence, and stars instead of it. */
function told(asked: Asked, { body, created: made, path, updated, number }: Found): Properties {
  const { owner, repo } = asked.cloud.repository(asked.params);
  const id = numberIn({ body, created: made, path, updated, number, secrets: [] });
  const { contentType, insecureSsl, secret, url: target } = object(body["configuration"]);
  const url = `https://api.github.com/repos/${owner}/${repo}/hooks/${id}`;
  return {
    type: "Repository", id, name: "web", active: body["active"] !== false, events: texts(body["events"]), url, test_url: `${url}/test`, ping_url: `${url}/pings`, deliveries_url: `${url}/deliveries`,
    config: { url: String(target), content_type: String(contentType ?? "form"), insecure_ssl: insecureSsl === true ? "1" : "0", ...(secret === undefined ? {} : { secret: "********" }) },
    created_at: made, updated_at: updated, last_response: { code: null, status: "unused", message: null },
  };
}

/** A hook is named by its address, whose slashes are folders. */
function all(asked: Asked): Found[] {
  return asked.cloud.documents.list(`${asked.cloud.repository(asked.params).folder}/webhooks`);
}

function one(asked: Asked): Found {
  const found = all(asked).find((each) => String(numberIn(each)) === asked.params["hook_id"]);
  if (found === undefined) throw notFound();
  return found;
}

function stated(asked: Asked, before: Properties): Properties {
  const { active, config, events } = asked.body;
  const { content_type: type, insecure_ssl: insecure, secret, url } = object(config);
  const own = object(before["configuration"]);
  const configuration: Properties = {
    ...(config === undefined ? own : {}), ...(url === undefined ? {} : { url }), ...(type === undefined ? {} : { contentType: type }),
    ...(insecure === undefined ? {} : { insecureSsl: String(insecure) === "1" }), ...(secret === undefined ? {} : { secret }),
  };
  if (configuration["url"] === undefined) throw invalid("Hook", "url", "custom", "url cannot be blank");
  const told = texts(events ?? before["events"] ?? ["push"]).filter((event) => !texts(asked.body["remove_events"]).includes(event));
  return { ...before, configuration, ...(active === undefined ? {} : { active }), events: [...new Set([...told, ...texts(asked.body["add_events"])])] };
}

const SECRET: Path[] = [["configuration", "secret"]];

export const hooks: Handlers = {
  "repos/list-webhooks": (asked) => ({ items: all(asked).map((found) => told(asked, found)) }),
  "repos/get-webhook": (asked) => ok(told(asked, one(asked))),
  "repos/create-webhook": (asked) => {
    const { owner, repo } = asked.cloud.writable(asked.params);
    const body = stated(asked, { active: true, repository: repo });
    const path = asked.cloud.path("RepositoryWebhook", owner, body);
    if (asked.cloud.has(path)) throw invalid("Hook", "", "custom", "Hook already exists on this repository");
    return created(told(asked, asked.cloud.put(path, body, SECRET)));
  },
  "repos/update-webhook": (asked) => {
    asked.cloud.writable(asked.params);
    const found = one(asked);
    return ok(told(asked, asked.cloud.put(found.path, stated(asked, found.body), SECRET)));
  },
  "repos/delete-webhook": (asked) => {
    asked.cloud.writable(asked.params);
    asked.cloud.remove(one(asked).path);
    return nothing;
  },
};

function autolink(found: Found): Properties {
  const { isAlphanumeric, keyPrefix, targetUrlTemplate } = found.body;
  return { id: numberIn(found), key_prefix: String(keyPrefix), url_template: String(targetUrlTemplate), is_alphanumeric: isAlphanumeric !== false, updated_at: found.updated };
}

function oneLink(asked: Asked): Found {
  const found = asked.cloud.list(`${asked.cloud.repository(asked.params).folder}/autolinks`).find((each) => String(numberIn(each)) === asked.params["autolink_id"]);
  if (found === undefined) throw notFound();
  return found;
}

export const autolinks: Handlers = {
  "repos/list-autolinks": (asked) => ok(asked.cloud.list(`${asked.cloud.repository(asked.params).folder}/autolinks`).map(autolink)),
  "repos/get-autolink": (asked) => ok(autolink(oneLink(asked))),
  "repos/create-autolink": (asked) => {
    const { owner, repo } = asked.cloud.writable(asked.params);
    const { is_alphanumeric: alphanumeric, key_prefix: prefix, url_template: template } = asked.body;
    const inputs: Properties = { isAlphanumeric: alphanumeric !== false, keyPrefix: String(prefix), repository: repo, targetUrlTemplate: String(template) };
    if (!String(template).includes("<num>")) throw invalid("KeyLink", "url_template", "missing_field", "url_template must contain <num>");
    const path = asked.cloud.path("RepositoryAutolinkReference", owner, inputs);
    if (asked.cloud.has(path)) throw invalid("KeyLink", "key_prefix", "already_exists");
    return created(autolink(asked.cloud.put(path, inputs)));
  },
  "repos/delete-autolink": (asked) => {
    asked.cloud.writable(asked.params);
    asked.cloud.remove(oneLink(asked).path);
    return nothing;
  },
};
