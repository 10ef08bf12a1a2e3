// Taking a release out of a package index, by kind of index. PyPI itself is not among them: it lets only people do it, in a browser.
import { request } from "./http.mjs";
import { nameOfFile, normalName, versionOfFile } from "./python-index.mjs";

/** Removes one release; an index that says no makes an error without its address or the secrets. */
export const removals = {
  // It knows a release by the name and version that stand in its files.
  async pypiserver({ url, username, password }, project, { files }) {
    const written = files.map((file) => [nameOfFile(file, project), versionOfFile(file, project)]);
    for (const [name, version] of new Map(written.map((pair) => [pair.join("-"), pair])).values()) {
      const body = new URLSearchParams({ ":action": "remove_pkg", name, version });
      await expect([200], request(`${trimmed(url)}/`, { method: "POST", body, headers: { authorization: basic(username, password) } }, "pypiserver"));
    }
  },
  async devpi({ url, index, username, password }, project, { version }) {
    const login = await expect([200], request(`${trimmed(url)}/+login`, json("POST", { user: username, password }), "devpi's login"));
    const token = Buffer.from(`${username}:${JSON.parse(login).result.password}`).toString("base64");
    await expect([200, 201], request(`${trimmed(url)}/${index}/${normalName(project)}/${version}`, { method: "DELETE", headers: { accept: "application/json", "x-devpi-auth": token } }, "devpi"));
  },
  async gitlab({ url, index, password }, project, { version }) {
    const packages = `${trimmed(url)}/api/v4/projects/${encodeURIComponent(index)}/packages`;
    const headers = { "private-token": password };
    const query = new URLSearchParams({ package_type: "pypi", package_name: normalName(project), package_version: version });
    const found = JSON.parse(await expect([200], request(`${packages}?${query}`, { headers }, "GitLab")));
    const own = found.filter((each) => normalName(each.name) === normalName(project) && each.version === version);
    if (own.length === 0) throw new Error(`GitLab has no ${project} ${version}`);
    for (const { id } of own) await expect([204], request(`${packages}/${id}`, { method: "DELETE", headers }, "GitLab"));
  },
  async artifactory({ url, index, password }, project, { version }) {
    const headers = { authorization: `Bearer ${password}` };
    await expect([200, 204], request(`${trimmed(url)}/${index}/${normalName(project)}/${version}`, { method: "DELETE", headers }, "Artifactory"));
  },
};

/** Where people yank or delete a release of PyPI. */
export function managePage(url, project, version) {
  return `${trimmed(url)}/manage/project/${normalName(project)}/release/${encodeURIComponent(version)}/`;
}

async function expect(statuses, answer) {
  const { status, text } = await answer;
  if (!statuses.includes(status)) throw new Error(`the index answered ${status}: ${text.replace(/\s+/g, " ").slice(0, 200)}`);
  return text;
}

function json(method, body) {
  return { method, body: JSON.stringify(body), headers: { accept: "application/json", "content-type": "application/json" } };
}

function basic(username, password) {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function trimmed(url) {
  return url.replace(/\/+$/, "");
}
