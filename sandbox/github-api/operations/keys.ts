import type { Found } from "../../documents.ts";
import type { Properties } from "../../values.ts";
import { created, invalid, nothing, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { numberIn } from "../cloud.ts";

const FORM = /^(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9@.-]+) [A-Za-z0-9+/=]+/;

function folder(asked: Asked): string {
  return `${asked.cloud.repository(asked.params).folder}/deploy-keys`;
}

function told(asked: Asked, found: Found): Properties {
  const { owner, repo } = asked.cloud.repository(asked.params);
  const id = numberIn(found);
  const { author, key, readOnly, title } = found.body;
  return {
    id, key: String(key), title: String(title), read_only: readOnly === true, verified: true, enabled: true, added_by: typeof author === "string" ? author : null, last_used: null,
    created_at: found.created, url: `https://api.github.com/repos/${owner}/${repo}/keys/${id}`,
  };
}

function one(asked: Asked): Found {
  return asked.cloud.numbered(folder(asked), asked.params["key_id"]);
}

export const keys: Handlers = {
  "repos/list-deploy-keys": (asked) => ({ items: asked.cloud.list(folder(asked)).map((found) => told(asked, found)) }),
  "repos/get-deploy-key": (asked) => ok(told(asked, one(asked))),
  "repos/create-deploy-key": (asked) => {
    const { owner, repo } = asked.cloud.writable(asked.params);
    const key = String(asked.body["key"]);
    if (!FORM.test(key)) throw invalid("PublicKey", "key", "custom", "key is invalid. You must supply a key in OpenSSH public key format");
    if (asked.cloud.list(folder(asked)).some(({ body }) => body["key"] === key)) throw invalid("PublicKey", "key", "custom", "key is already in use");
    const inputs = { author: asked.actor, key, readOnly: asked.body["read_only"] === true, repository: repo, title: String(asked.body["title"] ?? key.split(" ")[2] ?? "key") };
    return created(told(asked, asked.cloud.put(asked.cloud.path("RepositoryDeployKey", owner, inputs), inputs)));
  },
  "repos/delete-deploy-key": (asked) => {
    asked.cloud.writable(asked.params);
    asked.cloud.remove(one(asked).path);
    return nothing;
  },
};
