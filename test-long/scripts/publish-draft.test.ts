import { createHash } from "node:crypto";
import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Ran, Recorded, ScriptRoom, Server } from "../../test/workflows/script-room.ts";

interface Release {
  id: number;
  tag_name: string;
  draft: boolean;
  body?: string;
  author?: { login: string };
  assets: { id: number; name: string; digest?: string }[];
}

const bot = { login: "github-actions[bot]" };

function room(): ScriptRoom {
  const made = scriptRoom();
  made.write("dist/tool-linux-amd64", "\x7fELF\0binary");
  made.write("dist/SHA256SUMS", "sums\n");
  return made;
}

/** GitHub as far as a release goes. */
async function publish(releases: Release[], env: Record<string, string> = {}): Promise<Ran & { github: Server }> {
  const github = await serve(({ method, path, headers, body }: Recorded) => {
    const address = { upload_url: `http://${headers.host}/uploads/9{?name,label}`, html_url: "https://github.com/acme/shop/releases/v1.2.3" };
    if (method === "GET" && path === "/repos/acme/shop/releases?per_page=100") return { body: releases.map((each) => ({ ...address, ...each })) };
    if (method === "POST" && path === "/repos/acme/shop/releases") return { status: 201, body: { ...address, ...Object(body), id: 9, assets: [] } };
    if (method === "POST" && path.startsWith("/uploads/9?name=")) return { status: 201, body: { id: 100 } };
    if (method === "DELETE") return { status: 204 };
    if (method === "PATCH") return { body: { ...address, ...Object(body) } };
    return undefined;
  });
  const ran = await room().run("publish-draft.mjs", { GITHUB_API_URL: github.url, GITHUB_TOKEN: "t0ken", TAG: "v1.2.3", FOLDER: "dist", ...env });
  return { ...ran, github };
}

describe("publishing a release", () => {
  it("takes the draft of the tag, gives it the files and only then shows it, with the notes that it has", async () => {
    const { code, github } = await publish([{ id: 7, tag_name: "v1.2.3", draft: true, body: "Notes", assets: [{ id: 5, name: "SHA256SUMS" }] }]);
    expect(code).toBe(0);
    expect(github.calls()).toEqual([
      "GET /repos/acme/shop/releases?per_page=100",
      "DELETE /repos/acme/shop/releases/assets/5",
      "POST /uploads/9?name=SHA256SUMS",
      "POST /uploads/9?name=tool-linux-amd64",
      "PATCH /repos/acme/shop/releases/7",
    ]);
    expect(github.requests[3]).toMatchObject({ headers: { "content-type": "application/octet-stream", authorization: "Bearer t0ken" }, bytes: Buffer.from("\x7fELF\0binary") });
    expect(github.requests[4]?.body).toEqual({ tag_name: "v1.2.3", name: "v1.2.3", draft: false, prerelease: false, make_latest: "legacy" });
  });

  it("takes release-drafter's draft of another version under the tag's name, and no person's", async () => {
    const person = { id: 6, tag_name: "v2.0.0", draft: true, author: { login: "ada" }, assets: [] };
    const drafted = await publish([person, { id: 7, tag_name: "v1.3.0", draft: true, author: bot, assets: [] }]);
    expect(drafted.github.calls().at(-1)).toBe("PATCH /repos/acme/shop/releases/7");
    const alone = await publish([person]);
    expect(alone.github.calls()[1]).toBe("POST /repos/acme/shop/releases");
  });

  it("lets GitHub write the notes where there is no draft", async () => {
    const { github, summary } = await publish([{ id: 6, tag_name: "v1.2.2", draft: false, assets: [] }]);
    expect(github.requests[1]?.body).toEqual({ tag_name: "v1.2.3", name: "v1.2.3", draft: true, prerelease: false, generate_release_notes: true });
    expect(github.calls().at(-1)).toBe("PATCH /repos/acme/shop/releases/9");
    expect(summary).toBe("Published [v1.2.3](https://github.com/acme/shop/releases/v1.2.3) with 2 files.\n");
  });

  it("marks a prerelease as one, leaves the newest release the newest, and leaves the drafter's notes for the stable one", async () => {
    const { github } = await publish([{ id: 7, tag_name: "v1.3.0", draft: true, author: bot, assets: [] }], { TAG: "v1.3.0-beta.1" });
    expect(github.requests.at(-1)).toMatchObject({ path: "/repos/acme/shop/releases/9", body: { prerelease: true, make_latest: "false" } });
  });

  it("finds its own release when it runs again", async () => {
    const digest = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;
    const assets = [
      { id: 1, name: "SHA256SUMS", digest: digest("sums\n") },
      { id: 2, name: "tool-linux-amd64", digest: digest("\x7fELF\0binary") },
    ];
    const { code, github } = await publish([{ id: 7, tag_name: "v1.2.3", draft: false, assets }]);
    expect({ code, calls: github.calls() }).toEqual({ code: 0, calls: ["GET /repos/acme/shop/releases?per_page=100"] });
  });

  it("never changes the files of a published release", async () => {
    const { code, stderr, github } = await publish([{ id: 7, tag_name: "v1.2.3", draft: false, assets: [{ id: 1, name: "SHA256SUMS", digest: "sha256:0" }] }]);
    expect({ code, calls: github.requests.length }).toEqual({ code: 1, calls: 1 });
    expect(stderr).toBe("::error::v1.2.3 is published already and has other files than SHA256SUMS, tool-linux-amd64; release a new version\n");
  });

  it.each(["main", "v1.2", "v1.2.3\nv1.2.4", "v1.2.3$(touch pwned)"])("does nothing for %p, which is no tag of a version", async (TAG) => {
    const { code, github } = await publish([], { TAG });
    expect({ code, calls: github.calls() }).toEqual({ code: 1, calls: [] });
  });
});
