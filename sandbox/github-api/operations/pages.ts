import type { Properties } from "../../values.ts";
import { created, nothing, notFound, ok, Refusal } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { object } from "../case.ts";

/** Declared beside the repository, or with it. */
function site(asked: Asked): Properties {
  const { folder } = asked.cloud.repository(asked.params);
  const own = asked.cloud.read(`${folder}/pages`)?.body ?? asked.cloud.read(`${folder}/repository`)?.body["pages"];
  if (own === undefined) throw notFound();
  return object(own);
}

function told(asked: Asked): Properties {
  const { buildType, cname, httpsEnforced, public: open, source } = site(asked);
  const { owner, repo } = asked.cloud.repository(asked.params);
  const { branch, path } = object(source);
  return {
    url: `https://api.github.com/repos/${owner}/${repo}/pages`, html_url: `https://${owner}.github.io/${repo}/`, status: "built", cname: typeof cname === "string" ? cname : null, custom_404: false,
    build_type: String(buildType ?? "legacy"), public: open !== false, https_enforced: httpsEnforced !== false, ...(branch === undefined ? {} : { source: { branch: String(branch), path: String(path ?? "/") } }),
  };
}

function stated(asked: Asked): Properties {
  const { build_type: type, cname, https_enforced: https, source } = asked.body;
  const from = object(source);
  return {
    ...(type === undefined ? {} : { buildType: type }), ...(cname === undefined ? {} : { cname }), ...(https === undefined ? {} : { httpsEnforced: https }),
    ...(from["branch"] === undefined ? {} : { source: { branch: from["branch"], path: from["path"] ?? "/" } }),
  };
}

function write(asked: Asked, body: Properties): void {
  const { folder, repo } = asked.cloud.writable(asked.params);
  const kept = Object.fromEntries(Object.entries({ ...body, repository: repo }).filter(([, value]) => value !== null));
  asked.cloud.put(`${folder}/pages`, kept);
}

export const pages: Handlers = {
  "repos/get-pages": (asked) => ok(told(asked)),
  "repos/create-pages-site": (asked) => {
    const { folder } = asked.cloud.writable(asked.params);
    if (asked.cloud.has(`${folder}/pages`)) throw new Refusal(409, "GitHub Pages is already enabled.");
    write(asked, { buildType: "legacy", ...stated(asked) });
    return created(told(asked));
  },
  "repos/update-information-about-pages-site": (asked) => {
    write(asked, { ...site(asked), ...stated(asked) });
    return nothing;
  },
  "repos/delete-pages-site": (asked) => {
    const { folder } = asked.cloud.writable(asked.params);
    asked.cloud.remove(`${folder}/pages`);
    return nothing;
  },
};
