import { createHash } from "node:crypto";
import type { Answered, Handlers } from "./github-api.ts";
import { html, missing } from "./github-state.ts";
import type { Asset, Release, State } from "./github-state.ts";

/** Releases and their files. */
export function releaseHandlers(state: State, release: (fields: Partial<Release> & { tag_name: string }) => Release, shown: (release: Release) => unknown, next: () => number): Handlers {
  const answer = (found: Release | undefined): Answered => (found ? { body: shown(found) } : missing);
  const byId = (id: string | undefined) => state.releases.find((each) => each.id === Number(id));
  const published = () => state.releases.filter(({ draft }) => !draft);
  return {
    "repos/list-releases": () => ({ body: state.releases.map(shown) }),
    "repos/get-release": ({ params }) => answer(byId(params["release_id"])),
    "repos/get-latest-release": () => answer(published().find(({ latest }) => latest) ?? published().find(({ prerelease }) => !prerelease)),
    "repos/get-release-by-tag": ({ params }) => answer(published().find(({ tag_name }) => tag_name === params["tag"])),
    "repos/create-release": ({ body }) => ({ status: 201, body: shown(release({ ...body, tag_name: String(body["tag_name"]), latest: body["make_latest"] === "true" })) }),
    "repos/update-release": ({ params, body }) => {
      const found = byId(params["release_id"]);
      if (!found) return missing;
      if (body["make_latest"] === "true") for (const each of state.releases) each.latest = false;
      return answer(Object.assign(found, body, body["make_latest"] === undefined ? {} : { latest: body["make_latest"] === "true" }));
    },
    "repos/delete-release": ({ params }) => {
      state.releases = state.releases.filter(({ id }) => id !== Number(params["release_id"]));
      return { status: 204 };
    },
    "repos/list-release-assets": ({ params }) => ({ body: byId(params["release_id"])?.assets.map(assetOf) ?? [] }),
    "repos/upload-release-asset": ({ params, query, bytes }) => {
      const found = byId(params["release_id"]);
      if (!found) return missing;
      if (found.assets.some(({ name }) => name === query["name"])) return { status: 422, body: { message: "already_exists" } };
      const made: Asset = { id: next(), name: String(query["name"]), size: bytes.length, digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, bytes };
      found.assets.push(made);
      return { status: 201, body: assetOf(made) };
    },
    "repos/get-release-asset": ({ params }) => {
      const found = state.releases.flatMap(({ assets }) => assets).find(({ id }) => id === Number(params["asset_id"]));
      return found ? { body: found.bytes } : missing;
    },
    "repos/delete-release-asset": ({ params }) => {
      for (const each of state.releases) each.assets = each.assets.filter(({ id }) => id !== Number(params["asset_id"]));
      return { status: 204 };
    },
  };
}

/** A file of a release as GitHub shows it. */
export function assetOf({ bytes: _, ...shown }: Asset) {
  return { ...shown, browser_download_url: `${html}/releases/download/${shown.name}` };
}
