import type { Found } from "../../documents.ts";
import type { Properties } from "../../values.ts";
import { created, nothing, notFound, ok, Refusal } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { environmentOf } from "./environments.ts";

interface Keep {
  type: string;
  list: string;
  get: string;
  create: string;
  update: string;
  remove: string;
  inEnvironment?: true;
}

const KEEPS: readonly Keep[] = [
  {
    type: "ActionsVariable", list: "actions/list-repo-variables", get: "actions/get-repo-variable", create: "actions/create-repo-variable", update: "actions/update-repo-variable",
    remove: "actions/delete-repo-variable",
  },
  {
    type: "ActionsEnvironmentVariable", list: "actions/list-environment-variables", get: "actions/get-environment-variable", create: "actions/create-environment-variable",
    update: "actions/update-environment-variable", remove: "actions/delete-environment-variable", inEnvironment: true,
  },
];

function told({ body, created: made, updated }: Found): Properties {
  return { name: String(body["variableName"]), value: String(body["value"]), created_at: made, updated_at: updated };
}

function pathOf(asked: Asked, { inEnvironment, type }: Keep, name: string): { path: string; inputs: Properties } {
  const { owner, repo } = asked.cloud.repository(asked.params);
  const inputs = { repository: repo, ...(inEnvironment ? { environment: environmentOf(asked).environment } : {}), variableName: name.toUpperCase() };
  return { path: asked.cloud.path(type, owner, inputs), inputs };
}

function read(asked: Asked, keep: Keep): Found {
  const found = asked.cloud.read(pathOf(asked, keep, asked.params["name"] ?? "").path);
  if (found === undefined) throw notFound();
  return found;
}

function handlersOf(keep: Keep): Handlers {
  return {
    [keep.list]: (asked) => {
      const { path } = pathOf(asked, keep, "_");
      return { key: "variables", items: asked.cloud.list(path.slice(0, path.lastIndexOf("/"))).map(told) };
    },
    [keep.get]: (asked) => ok(told(read(asked, keep))),
    [keep.create]: (asked) => {
      asked.cloud.writable(asked.params);
      const { inputs, path } = pathOf(asked, keep, String(asked.body["name"]));
      if (!/^[A-Z_][A-Z0-9_]*$/.test(String(inputs["variableName"])) || /^GITHUB_/i.test(String(asked.body["name"]))) throw new Refusal(422, "Variable name is invalid");
      if (asked.cloud.has(path)) throw new Refusal(409, "Already exists - Variable already exists");
      asked.cloud.put(path, { ...inputs, value: String(asked.body["value"]) });
      return created({});
    },
    [keep.update]: (asked) => {
      asked.cloud.writable(asked.params);
      const { body, path } = read(asked, keep);
      asked.cloud.put(path, { ...body, value: String(asked.body["value"] ?? body["value"]) });
      return nothing;
    },
    [keep.remove]: (asked) => {
      asked.cloud.writable(asked.params);
      asked.cloud.remove(read(asked, keep).path);
      return nothing;
    },
  };
}

export const variables: Handlers = Object.assign({}, ...KEEPS.map(handlersOf));
