// A container registry's manifests, with the token that it asks for.
import { request } from "./http.mjs";

const TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** The digest that a tag names now; undefined where the registry has no such tag. */
export async function digestOf(image, tag, { user = "", password = "" } = {}) {
  const [host, ...parts] = image.split("/");
  const name = parts.join("/");
  const url = `${/^(localhost|127\.\d+\.\d+\.\d+)(:\d+)?$/.test(host) ? "http" : "https"}://${host}/v2/${name}/manifests/${tag}`;
  const ask = (headers) => request(url, { method: "HEAD", headers: { accept: TYPES, ...headers } }, host);
  let answer = await ask({});
  if (answer.status === 401) answer = await ask({ authorization: `Bearer ${await tokenFor(answer.headers.get("www-authenticate") ?? "", host, name, user, password)}` });
  if (answer.status === 404) return undefined;
  const digest = answer.headers.get("docker-content-digest") ?? "";
  if (answer.status !== 200 || !/^sha256:[0-9a-f]{64}$/.test(digest)) throw new Error(`${host} answered ${answer.status} for ${name}:${tag}`);
  return digest;
}

async function tokenFor(challenge, host, name, user, password) {
  const field = (key) => new RegExp(`${key}="([^"]+)"`).exec(challenge)?.[1];
  const realm = field("realm");
  if (!challenge.startsWith("Bearer ") || !realm) throw new Error(`${host} asks for a login that is no token`);
  const url = new URL(realm);
  url.searchParams.set("service", field("service") ?? host);
  url.searchParams.set("scope", `repository:${name}:pull`);
  // Another host's token service is asked without the password, which is not meant for it.
  const headers = password === "" || url.host !== host ? {} : { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
  const { status, text } = await request(url, { headers }, host);
  if (status !== 200) throw new Error(`${host} gave no token for ${name}: it answered ${status}`);
  return JSON.parse(text).token;
}
