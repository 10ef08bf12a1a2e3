import type { Found } from "../../documents.ts";
import type { Properties } from "../../values.ts";
import { created, nothing, notFound, ok, Refusal } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { KEY_ID, opened, publicKey } from "../boxes.ts";
import { environmentOf } from "./environments.ts";

/** One of the places where GitHub keeps secrets: how its operations are called, and the provider's type. */
interface Keep {
  type: string;
  list: string;
  get: string;
  key: string;
  put: string;
  remove: string;
  inEnvironment?: true;
}

const KEEPS: readonly Keep[] = [
  {
    type: "ActionsSecret", list: "actions/list-repo-secrets", get: "actions/get-repo-secret", key: "actions/get-repo-public-key", put: "actions/create-or-update-repo-secret",
    remove: "actions/delete-repo-secret",
  },
  {
    type: "DependabotSecret", list: "dependabot/list-repo-secrets", get: "dependabot/get-repo-secret", key: "dependabot/get-repo-public-key",
    put: "dependabot/create-or-update-repo-secret", remove: "dependabot/delete-repo-secret",
  },
  {
    type: "ActionsEnvironmentSecret", list: "actions/list-environment-secrets", get: "actions/get-environment-secret", key: "actions/get-environment-public-key",
    put: "actions/create-or-update-environment-secret", remove: "actions/delete-environment-secret", inEnvironment: true,
  },
];

/** GitHub's own limit of each place. */
const ROOM = 100;
const LARGEST = 48 * 1024;
const NAME_RULE = "Secret names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_). Spaces are not allowed. "
  + "Must start with a letter ([a-z], [A-Z]) or underscores (_). The GITHUB_ prefix is reserved.";

/** A value is never told, not even sealed. */
function told({ body, created: made, updated }: Found): Properties {
  return { name: String(body["secretName"]), created_at: made, updated_at: updated };
}

/** Refuses what does not exist, and answers the inputs that the provider would have. */
function home(asked: Asked, { inEnvironment }: Keep): { owner: string; inputs: Properties } {
  const { owner, repo } = asked.cloud.repository(asked.params);
  return { owner, inputs: { repository: repo, ...(inEnvironment ? { environment: environmentOf(asked).environment } : {}) } };
}

/** Names are of one case to GitHub. */
function pathOf(asked: Asked, keep: Keep): { path: string; inputs: Properties } {
  const { inputs, owner } = home(asked, keep);
  const own = { ...inputs, secretName: (asked.params["secret_name"] ?? "").toUpperCase() };
  return { path: asked.cloud.path(keep.type, owner, own), inputs: own };
}

function all(asked: Asked, keep: Keep): Found[] {
  const { inputs, owner } = home(asked, keep);
  const path = asked.cloud.path(keep.type, owner, { ...inputs, secretName: "_" });
  return asked.cloud.list(path.slice(0, path.lastIndexOf("/")));
}

function read(asked: Asked, keep: Keep): Found {
  const found = asked.cloud.read(pathOf(asked, keep).path);
  if (found === undefined) throw notFound();
  return found;
}

function handlersOf(keep: Keep): Handlers {
  return {
    [keep.list]: (asked) => ({ key: "secrets", items: all(asked, keep).map(told) }),
    [keep.get]: (asked) => ok(told(read(asked, keep))),
    [keep.key]: async (asked) => {
      home(asked, keep);
      return ok({ key_id: KEY_ID, key: await publicKey() });
    },
    [keep.put]: async (asked) => {
      asked.cloud.writable(asked.params);
      const { inputs, path } = pathOf(asked, keep);
      const name = asked.params["secret_name"] ?? "";
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || /^GITHUB_/i.test(name)) throw new Refusal(422, NAME_RULE);
      if (asked.body["key_id"] !== KEY_ID) throw new Refusal(422, "Bad request - key_id does not match the repository's key");
      const value = await opened(String(asked.body["encrypted_value"] ?? ""));
      if (value === undefined) throw new Refusal(422, "Bad request - encrypted value could not be decrypted");
      if (Buffer.byteLength(value) > LARGEST) throw new Refusal(422, "Secret value is too large");
      const existing = asked.cloud.read(path);
      if (existing === undefined && all(asked, keep).length >= ROOM) throw new Refusal(422, `at most ${ROOM} secrets are allowed`);
      asked.cloud.put(path, { ...inputs, value }, [["value"]]);
      return existing === undefined ? created({}) : nothing;
    },
    [keep.remove]: (asked) => {
      asked.cloud.writable(asked.params);
      asked.cloud.remove(read(asked, keep).path);
      return nothing;
    },
  };
}

export const secrets: Handlers = Object.assign({}, ...KEEPS.map(handlersOf));
