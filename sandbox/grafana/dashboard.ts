import { isDeepStrictEqual } from "node:util";
import type { Documents } from "../documents.ts";
import { sha256 } from "../identity.ts";
import { judge, problem } from "../judge.ts";
import type { Problem } from "../judge.ts";
import type { Kind } from "../kinds.ts";
import type { Schema } from "../schema.ts";
import { isProperties, UNKNOWN } from "../values.ts";
import type { Properties, Revealed, Value } from "../values.ts";
import { addressOf, found, idOf, madeUid, placeOf } from "./places.ts";

const TOKEN = "grafana:oss/dashboard:Dashboard";

/** A dashboard; its document holds the JSON as a mapping that people can read and edit. */
export function dashboardKind(schema: Schema, documents: Documents): Kind {
  const type = schema.resources[TOKEN];
  if (type === undefined) throw new Error(`${TOKEN}: is not in sandbox/schemas/grafana.json; add it`);
  return {
    location: (inputs) => placeOf("dashboards", uidOf(inputs)),
    id: (inputs) => idOf(inputs, uidOf(inputs)),
    find: (id) => found(documents, "dashboards", id),
    check: ({ inputs }) => ({ inputs: inputs.plain, problems: [...judge(schema, type, inputs, "Dashboard"), ...jsonProblems(inputs)] }),
    replaces: ({ property }, news) => type.inputProperties?.[property]?.willReplaceOnChanges === true || (property === "configJson" && documents.read(placeOf("dashboards", uidOf(news))) === undefined),
    refuse: ({ folder }) => {
      const isMissing = typeof folder === "string" && folder !== "" && documents.read(placeOf("folders", folder)) === undefined;
      return isMissing ? `[POST /dashboards/db][400] postDashboardBadRequest  {"message":"folder not found"}` : undefined;
    },
    upsert: ({ overwrite }) => overwrite === true,
    exists: () => '[POST /dashboards/db][412] postDashboardPreconditionFailed  {"message":"A dashboard with the same uid already exists","status":"name-exists"}',
    gone: (id) => `[GET /dashboards/uid/{uid}][404] getDashboardByUidNotFound ${id}  {"message":"Dashboard not found"}`,
    store: ({ configJson, ...inputs }, existing) => ({ ...inputs, version: versionOf(existing?.body) + 1, dashboard: { ...parsed(configJson), uid: uidOf({ configJson: configJson ?? null }) } }),
    secrets: () => [],
    inputs: ({ dashboard, version: _, ...body }, olds) => ({ ...body, configJson: textOf(dashboard, olds?.["configJson"]) }),
    outputs: (inputs, { body }, path, configuration) => {
      const uid = uidOf(inputs);
      return { ...inputs, uid, dashboardId: Number.parseInt(sha256(path).slice(0, 6), 16), url: `${addressOf(configuration)}/d/${uid}`, version: versionOf(body) };
    },
    preview: (inputs, outputs) => ({ dashboardId: UNKNOWN, uid: UNKNOWN, url: UNKNOWN, ...outputs, ...inputs, version: UNKNOWN }),
  };
}

function uidOf({ configJson }: Properties): string {
  const { uid, title } = parsed(configJson);
  return typeof uid === "string" ? uid : madeUid(String(title));
}

function versionOf(body: Properties | undefined): number {
  return Number(body?.["version"] ?? 0);
}

/** The text that the program gave, where the document says the same: the order of keys is no change. */
function textOf(dashboard: Value | undefined, given: Value | undefined): string {
  const before = parsed(given);
  // A uid that Grafana made is not the program's.
  const own = Object.entries(isProperties(dashboard) ? dashboard : {}).filter(([key]) => key !== "uid" || given === undefined || before["uid"] !== undefined);
  const now: Properties = Object.fromEntries(own);
  return typeof given === "string" && isDeepStrictEqual(before, now) ? given : JSON.stringify(now);
}

function jsonProblems({ plain: { configJson } }: Revealed): Problem[] {
  if (typeof configJson !== "string" || configJson === UNKNOWN || Object.keys(parsed(configJson)).length > 0) return [];
  return [problem(["configJson"], "must be the JSON of a dashboard", configJson, "give what Grafana's export shows")];
}

function parsed(text: Value | undefined): Properties {
  if (typeof text !== "string") return {};
  try {
    const value: Value = JSON.parse(text);
    return isProperties(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
