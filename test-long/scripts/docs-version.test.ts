import {  } from "@jest/globals";
import { scriptRoom } from "../../test/workflows/script-room.ts";
import type { Ran, ScriptRoom } from "../../test/workflows/script-room.ts";


/** A mike that commits as the real one does: a folder of the version and of each alias, and a start page for the default. */
const MIKE = String.raw`
echo "$*" >> ../mike-calls
command=$1; shift
branch="" names=()
while (( $# > 0 )); do case $1 in --branch) branch=$2; shift 2 ;; --*) shift ;; *) names+=("$1"); shift ;; esac; done
export GIT_INDEX_FILE=$PWD/.git/mike-index
rm -f "$GIT_INDEX_FILE"
git rev-parse -q --verify "refs/heads/$branch" > /dev/null || { ! git rev-parse -q --verify "refs/remotes/origin/$branch" > /dev/null || git update-ref "refs/heads/$branch" "refs/remotes/origin/$branch"; }
parents=()
if head=$(git rev-parse -q --verify "refs/heads/$branch"); then parents=(-p "$head"); git read-tree "$head"; fi
put() { git update-index --add --cacheinfo "100644,$(echo "$2" | git hash-object -w --stdin),$1"; }
if [[ $command == deploy ]]; then for name in "${"${names[@]}"}"; do put "$name/index.html" "$(git rev-parse HEAD)"; done; else put index.html "to ${"${names[0]}"}"; fi
git update-ref "refs/heads/$branch" "$(git commit-tree "$(git write-tree)" "${"${parents[@]}"}" -m "$command")"
`;

interface Docs {
  room: ScriptRoom;
  publish(type: "branch" | "tag", name: string, env?: Record<string, string>): Promise<Ran & { pages: Record<string, string> }>;
  commit(): string;
  tag(name: string): void;
  mike(): string[];
}

function documentation(): Docs {
  const room = scriptRoom();
  const { git, commit, tag } = room.repository("code");
  git("init", "-q", "--bare", room.path("origin"));
  git("remote", "add", "origin", room.path("origin"));
  room.program("mike", MIKE);
  let runs = 0;
  return {
    room,
    tag,
    commit: () => commit("Write"),
    mike: () => room.read("mike-calls").trimEnd().split("\n"),
    publish: async (type, name, env = {}) => {
      const folder = `../pages-${++runs}`;
      // A runner has a fresh clone: the branch of all versions is known from the remote alone.
      if (room.exists("code/.git/refs/heads/gh-pages")) git("branch", "-q", "-D", "gh-pages");
      git("fetch", "-q", "origin");
      const ran = await room.run("docs-version.sh", { BRANCH: "gh-pages", GITHUB_REF_TYPE: type, GITHUB_REF_NAME: name, ...env }, [folder], { cwd: room.path("code") });
      const pages = ran.code === 0 ? git("-C", room.path("origin"), "ls-tree", "-r", "--name-only", "gh-pages").split("\n") : [];
      return { ...ran, pages: Object.fromEntries(pages.map((page) => [page, room.read(`pages-${runs}/${page}`).trim()])) };
    },
  };
}

describe("docs-version.sh", () => {
  it("keeps what was published before, beside what is added", async () => {
    const docs = documentation();
    const first = docs.commit();
    expect((await docs.publish("branch", "main")).pages).toEqual({ "dev/index.html": first, "index.html": "to dev" });
    docs.tag("v1.0.0");
    expect((await docs.publish("tag", "v1.0.0")).pages).toEqual({ "1.0/index.html": first, "dev/index.html": first, "index.html": "to latest", "latest/index.html": first });
    const second = docs.commit();
    expect((await docs.publish("branch", "main")).pages).toEqual({ "1.0/index.html": first, "dev/index.html": second, "index.html": "to latest", "latest/index.html": first });
  });

  it("leaves `latest` at the newest version when an older one gets a patch", async () => {
    const docs = documentation();
    docs.commit();
    for (const name of ["v1.9.0", "v1.10.0", "v1.10.1-rc.1"]) docs.tag(name);
    await docs.publish("tag", "v1.10.0");
    docs.commit();
    docs.tag("v1.9.1");
    const { pages } = await docs.publish("tag", "v1.9.1");
    expect(Object.keys(pages)).toEqual(["1.10/index.html", "1.9/index.html", "index.html", "latest/index.html"]);
    expect(docs.mike().at(-1)).toBe("deploy --branch gh-pages --update-aliases 1.9");
    expect(pages["latest/index.html"]).toBe(pages["1.10/index.html"]);
  });

  it.each(["v1.0.0-rc.1", "$(touch pwned)", "v1.0.0; touch pwned", "v1"])("publishes nothing for the tag %j", async (tag) => {
    const docs = documentation();
    docs.commit();
    const ran = await docs.publish("tag", tag);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toBe("::error::the tag is not that of a stable version; use one such as v1.2.3\n");
    expect(docs.room.exists("mike-calls") || docs.room.exists("code/pwned")).toBe(false);
  });

  it("refuses a branch that git or a shell would read as something else", async () => {
    const docs = documentation();
    docs.commit();
    for (const BRANCH of ["--force", "$(touch pwned)", "a b"]) expect((await docs.publish("branch", "main", { BRANCH })).code).toBe(1);
    expect(docs.room.exists("code/pwned")).toBe(false);
  });
});
