import type { Documents } from "../documents.ts";
import { judge, problem } from "../judge.ts";
import type { Problem } from "../judge.ts";
import type { Kind } from "../kinds.ts";
import type { Schema } from "../schema.ts";
import { UNKNOWN } from "../values.ts";
import type { Properties, Revealed } from "../values.ts";
import { addressOf, found, idOf, madeUid, placeOf } from "./places.ts";

const TOKEN = "grafana:oss/folder:Folder";

/** A folder of dashboards. */
export function folderKind(schema: Schema, documents: Documents): Kind {
  const type = schema.resources[TOKEN];
  if (type === undefined) throw new Error(`${TOKEN}: is not in sandbox/schemas/grafana.json; add it`);
  const uidOf = ({ title, uid }: Properties): string => (typeof uid === "string" ? uid : madeUid(String(title)));
  return {
    location: (inputs) => placeOf("folders", uidOf(inputs)),
    id: (inputs) => idOf(inputs, uidOf(inputs)),
    find: (id) => found(documents, "folders", id),
    check: ({ inputs }) => ({ inputs: inputs.plain, problems: [...judge(schema, type, inputs, "Folder"), ...uidProblems(inputs)] }),
    replaces: ({ property }) => type.inputProperties?.[property]?.willReplaceOnChanges === true,
    refuse: () => undefined,
    upsert: () => false,
    exists: () => "failed to create folder: [POST /folders][409] createFolderConflict  {\"message\":\"a folder with the same uid or name already exists\"}",
    gone: (id) => `failed to get folder ${id}: [GET /folders/{folder_uid}][404] getFolderByUidNotFound  {"message":"folder not found","status":"not-found"}`,
    store: (inputs) => ({ ...inputs, uid: uidOf(inputs) }),
    secrets: () => [],
    inputs: ({ uid, ...body }, olds) => (olds !== undefined && olds["uid"] === undefined ? body : { ...body, ...(uid !== undefined && { uid }) }),
    outputs: (inputs, { body }, _path, configuration) => ({ ...inputs, uid: body["uid"] ?? "", url: `${addressOf(configuration)}/dashboards/f/${String(body["uid"])}` }),
    preview: (inputs, outputs) => ({ ...inputs, uid: inputs["uid"] ?? outputs?.["uid"] ?? UNKNOWN, url: outputs?.["url"] ?? UNKNOWN }),
  };
}

function uidProblems({ plain: { uid } }: Revealed): Problem[] {
  if (typeof uid !== "string" || uid === UNKNOWN || /^[\w-]{1,40}$/.test(uid)) return [];
  return [problem(["uid"], "must be at most 40 letters, digits, dashes and underscores", uid, "choose another uid")];
}
