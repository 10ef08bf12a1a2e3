import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Answer, Ran, Recorded, Server } from "../../test/workflows/script-room.ts";

const LIB = new URL("../../components/workflows/scripts/lib/", import.meta.url).href;

/** Runs a few lines of a script that has the lib at hand. */
function lines(text: string, env: Record<string, string> = {}): Promise<Ran> {
  const room = scriptRoom();
  const names = { actions: "actions", github: "github", programs: "process" };
  const imports = Object.entries(names).map(([name, file]) => `import * as ${name} from ${JSON.stringify(`${LIB}${file}.mjs`)};`);
  return room.run(room.write("script.mjs", [...imports, text].join("\n")), env);
}

describe("what a script tells the runner", () => {
  it("gives outputs back as they are, however many lines they have and whatever they look like", async () => {
    const value = "first\nEOF\nversion=9.9.9\nother<<EOF\nforged\nEOF";
    const { outputs } = await lines('actions.setOutput("notes", process.env.VALUE); actions.setOutput("after", "1");', { VALUE: value });
    expect(outputs).toEqual({ notes: value, after: "1" });
  });

  it("keeps an error on one line, so that its text cannot give the runner commands", async () => {
    const { code: status, stderr } = await lines('actions.fail("50% of it\\n::set-output name=version::9.9.9\\r\\nended");');
    expect(status).toBe(1);
    expect(stderr).toBe("::error::50%25 of it%0A::set-output name=version::9.9.9%0D%0Aended\n");
  });

  it("refuses an input that does not fit and shows it cut and quoted", async () => {
    const { code: status, stderr } = await lines('actions.input("VERSION", /^\\d+$/, "a number");', { VERSION: `$(touch pwned)\n${"x".repeat(100)}` });
    expect(status).toBe(1);
    expect(stderr).toBe(`::error::VERSION: is not a number, got ${JSON.stringify(`$(touch pwned)\n${"x".repeat(65)}`)}; correct it and run again\n`);
  });

  it("takes an absent optional input for an empty text", async () => {
    expect((await lines('actions.setOutput("value", JSON.stringify(actions.optional("NOTHING")));')).outputs).toEqual({ value: '""' });
  });

  it("writes the run's page", async () => {
    expect((await lines('actions.summary("## One"); actions.summary("two");')).summary).toBe("## One\ntwo\n");
  });

  it("lets the runner take nothing of others' output for a command", async () => {
    const { stdout } = await lines('const go = actions.stopCommands(); console.log("::error::forged"); go();');
    const [, token] = /^::stop-commands::([0-9a-f-]{36})\n::error::forged\n::\1::\n$/.exec(stdout) ?? [];
    expect(token).toBeDefined();
  });
});

describe("programs", () => {
  it("get arguments as they are, and what they print comes back", async () => {
    const hostile = "$(touch pwned) `id` \"'; && | * \n --";
    const { outputs } = await lines('actions.setOutput("said", programs.output("printf", "%s\\n", process.env.HOSTILE));', { HOSTILE: hostile });
    expect(outputs).toEqual({ said: hostile });
  });

  it("end the script where they fail", async () => {
    const { code: status, outputs } = await lines('programs.run("false"); actions.setOutput("after", "1");');
    expect({ status, outputs }).toEqual({ status: 1, outputs: {} });
  });
});

describe("GitHub's API", () => {
  /** Runs the lines against a server that answers from a list, one answer a request. */
  async function against(answers: (Answer | ((request: Recorded) => Answer))[], text: string): Promise<{ server: Server; ran: Ran }> {
    const queue = [...answers];
    const server = await serve((request) => {
      const answer = queue.shift();
      return typeof answer === "function" ? answer(request) : answer;
    });
    return { server, ran: await lines(text, { GITHUB_API_URL: server.url, GITHUB_TOKEN: "t0ken" }) };
  }

  it("is asked with the token, for JSON of one version", async () => {
    const { server, ran } = await against([{ body: { id: 1 } }], 'actions.setOutput("id", (await github.api("POST", `${github.repo()}/issues`, { title: "x" })).id);');
    expect(ran.outputs).toEqual({ id: "1" });
    expect(server.calls()).toEqual(["POST /repos/acme/shop/issues"]);
    expect(server.requests[0]?.body).toEqual({ title: "x" });
    expect(server.requests[0]?.headers).toMatchObject({ authorization: "Bearer t0ken", accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" });
  });

  it("waits out a limit as long as it asks for", async () => {
    const { server, ran } = await against([{ status: 429, headers: { "retry-after": "1" } }, { body: { id: 2 } }], 'actions.setOutput("id", (await github.api("POST", "/x", {})).id);');
    expect(ran.outputs).toEqual({ id: "2" });
    expect(server.calls()).toEqual(["POST /x", "POST /x"]);
  });

  it("sends nothing twice that a broken answer may have done, and tells its status", async () => {
    const { server, ran } = await against([{ status: 502, body: "bad gateway" }], 'try { await github.api("POST", "/x", {}); } catch (error) { actions.setOutput("said", `${error.status} ${error.message}`); }');
    expect(ran.outputs).toEqual({ said: "502 POST /x answered 502: bad gateway" });
    expect(server.requests).toHaveLength(1);
  });

  it("reads a list to its last page, plain or wrapped", async () => {
    const { server, ran } = await against(
      [({ headers }) => ({ headers: { link: `<http://${headers.host}/next?page=2>; rel="next"` }, body: [1, 2] }), { body: { total_count: 3, items: [3] } }],
      'const all = []; for await (const each of github.paginate("/list")) all.push(each); actions.setOutput("all", JSON.stringify(all));',
    );
    expect(ran.outputs).toEqual({ all: "[1,2,3]" });
    expect(server.calls()).toEqual(["GET /list", "GET /next?page=2"]);
  });

  it("replaces the comment that carries the marker, and leaves others alone", async () => {
    const { server } = await against(
      [{ body: [{ id: 7, body: "somebody else's" }, { id: 8, body: "<!-- report -->\nold" }] }, { body: {} }],
      'await github.upsertComment({ number: 3, marker: "report", body: "new" });',
    );
    expect(server.calls()).toEqual(["GET /repos/acme/shop/issues/3/comments?per_page=100", "PATCH /repos/acme/shop/issues/comments/8"]);
    expect(server.requests[1]?.body).toEqual({ body: "<!-- report -->\nnew" });
  });

  it("comments where no comment carries the marker", async () => {
    const { server } = await against([{ body: [] }, { status: 201, body: {} }], 'await github.upsertComment({ number: 3, marker: "a--> b", body: "new" });');
    expect(server.requests[1]).toMatchObject({ method: "POST", path: "/repos/acme/shop/issues/3/comments", body: { body: "<!-- a- -> b -->\nnew" } });
  });

  it("opens one issue a marker, never a pull request's, and closes it with a last word", async () => {
    const pull = { number: 4, pull_request: {}, body: "<!-- incident -->" };
    const opened = await against([{ body: [pull] }, { status: 201, body: {} }], 'await github.upsertIssue({ marker: "incident", title: "Down", body: "text", labels: ["incident"] });');
    expect(opened.server.requests[1]).toMatchObject({ method: "POST", path: "/repos/acme/shop/issues", body: { title: "Down", body: "<!-- incident -->\ntext", labels: ["incident"] } });
    const updated = await against([{ body: [pull, { number: 5, body: "<!-- incident -->" }] }, { body: {} }], 'await github.upsertIssue({ marker: "incident", title: "Down", body: "more" });');
    expect(updated.server.requests[1]).toMatchObject({ method: "PATCH", path: "/repos/acme/shop/issues/5", body: { title: "Down", body: "<!-- incident -->\nmore" } });
    const closed = await against([{ body: [{ number: 5, body: "<!-- incident -->" }] }, { body: {} }, { body: {} }], 'await github.closeIssue({ marker: "incident", comment: "Up again." });');
    expect(closed.server.calls().slice(1)).toEqual(["POST /repos/acme/shop/issues/5/comments", "PATCH /repos/acme/shop/issues/5"]);
    expect(closed.server.requests[2]?.body).toEqual({ state: "closed" });
    const none = await against([{ body: [] }], 'await github.closeIssue({ marker: "incident", comment: "Up again." });');
    expect({ calls: none.server.requests.length, code: none.ran.code }).toEqual({ calls: 1, code: 0 });
  });
});
