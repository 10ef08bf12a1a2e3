// What a published release has.
import { fail } from "./actions.mjs";
import { api, download, repo } from "./github.mjs";
import { parseSums } from "./sums.mjs";

/** File → checksum, from the release's SHA256SUMS. */
export async function releaseSums(tag) {
  const { assets } = await api("GET", `${repo()}/releases/tags/${tag}`);
  const list = assets.find(({ name }) => name === "SHA256SUMS");
  if (!list) return fail(`${tag}: its release has no SHA256SUMS; publish it with the release workflow`);
  return parseSums(await download(`${repo()}/releases/assets/${list.id}`));
}
