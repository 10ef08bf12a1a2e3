// The tag of a release, whichever way its version is written there.
import { api, repo } from "./github.mjs";
import { tagsOf } from "./pep440.mjs";

/** Name of the tag of a version; undefined where this repository has none. */
export async function findTag(version, prefix) {
  for (const name of tagsOf(version, prefix)) {
    if (await refOf(`tags/${name}`)) return name;
  }
  return undefined;
}

/** Sha of the commit that a tag stands for, also where the tag is an object with a message of its own. */
export async function commitOfTag(name) {
  let { object } = await api("GET", `${repo()}/git/ref/tags/${encoded(name)}`);
  while (object.type === "tag") ({ object } = await api("GET", `${repo()}/git/tags/${object.sha}`));
  return object.sha;
}

/** A reference such as `heads/main`, or undefined. */
export async function refOf(name) {
  return await api("GET", `${repo()}/git/ref/${encoded(name)}`).catch((error) => {
    if (error.status !== 404) throw error;
  });
}

function encoded(name) {
  return name.split("/").map(encodeURIComponent).join("/");
}
