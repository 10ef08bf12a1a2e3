import { closeGitHubs, openGitHub } from "./open.ts";

afterEach(closeGitHubs);

test("issues are found by their labels and state, the newest first", async () => {
  const { ask, clock } = await openGitHub();
  for (const [title, labels] of [["One", ["drift", "sandbox"]], ["Two", ["drift"]], ["Three", []]] as const) {
    clock.now += 1_000;
    await ask("POST issues", { title, labels });
  }
  await ask("PATCH issues/2", { state: "closed", state_reason: "not_planned" });
  const titles = async (query: string) => { const { body } = await ask(`GET issues?${query}`); return Array.isArray(body) ? body.map((each) => Object(each).title) : []; };
  expect(await titles("labels=drift")).toEqual(["One"]);
  expect(await titles("labels=drift&state=all")).toEqual(["Two", "One"]);
  expect(await titles("labels=drift,sandbox")).toEqual(["One"]);
  expect(await titles("state=all&direction=asc")).toEqual(["One", "Two", "Three"]);
  expect((await ask("GET issues/2")).body).toMatchObject({ state: "closed", state_reason: "not_planned", closed_at: new Date(clock.now).toISOString() });
  await ask("PATCH issues/2", { state: "open" });
  expect((await ask("GET issues/2")).body).toMatchObject({ state: "open", state_reason: null, closed_at: null });
});

test("what is written survives as it is: backticks, HTML and characters of four bytes", async () => {
  const { ask } = await openGitHub();
  const text = "`code` <b>@all</b> 🚀\r\n#12 --- # no comment: {}";
  await ask("POST issues", { title: text.slice(0, 20), body: text });
  expect((await ask("GET issues/1")).of("body")).toBe(text);
});

test("comments go beyond the first page, and a comment has at most 65,536 characters", async () => {
  const { ask, clock } = await openGitHub();
  await ask("POST issues", { title: "Drift" });
  for (let each = 0; each < 35; each += 1) {
    clock.now += 1_000;
    await ask("POST issues/1/comments", { body: `Comment ${each}` });
  }
  const second = await ask("GET issues/1/comments?page=2");
  expect([second.of(0, "body"), second.of(4, "body"), second.of(5)]).toEqual(["Comment 30", "Comment 34", undefined]);
  expect((await ask("GET issues/1")).of("comments")).toBe(35);
  expect((await ask("POST issues/1/comments", { body: "x".repeat(65_536) })).status).toBe(201);
  const long = await ask("POST issues/1/comments", { body: "x".repeat(65_537) });
  expect([long.status, long.of("errors")]).toEqual([422, [{ resource: "IssueComment", field: "body", code: "custom", message: "body is too long (maximum is 65536 characters)" }]]);
});

test("a pull request is an issue too, and is commented as one", async () => {
  const { ask, declare } = await openGitHub();
  declare("Branch", { repository: "shop", branch: "feature/cart" });
  await ask("POST issues", { title: "First" });
  const made = await ask("POST pulls", { title: "Cart", head: "feature/cart", base: "main" });
  expect(made.body).toMatchObject({ number: 2, state: "open", head: { ref: "feature/cart" }, base: { ref: "main", repo: { full_name: "acme/shop" } } });
  expect((await ask("POST issues/2/comments", { body: "Preview" })).status).toBe(201);
  expect((await ask("GET issues/2")).of("pull_request", "html_url")).toBe("https://github.com/acme/shop/pull/2");
  expect((await ask("POST pulls", { title: "Cart", head: "feature/cart", base: "main" })).of("errors", 0, "message")).toBe("A pull request already exists for acme:feature/cart.");
  expect((await ask("POST pulls", { title: "None", head: "none", base: "main" })).of("errors", 0)).toEqual({ resource: "PullRequest", field: "head", code: "invalid" });
});

test("a check run takes fifty annotations a request, and adds those of the next", async () => {
  const { ask } = await openGitHub();
  const sha = "b".repeat(40);
  const annotations = (count: number) => Array.from({ length: count }, (_, line) => ({ path: "Pulumi.yaml", start_line: line + 1, end_line: line + 1, annotation_level: "notice", message: `Line ${line}` }));
  const output = (count: number) => ({ title: "Preview", summary: "Safe", annotations: annotations(count) });
  const made = await ask("POST check-runs", { name: "preview", head_sha: sha, output: output(50) });
  expect([made.status, made.of("status"), made.of("conclusion")]).toEqual([201, "queued", null]);
  expect((await ask(`PATCH check-runs/${made.of("id")}`, { output: output(51) })).status).toBe(422);
  const done = await ask(`PATCH check-runs/${made.of("id")}`, { conclusion: "neutral", output: output(20) });
  expect(done.body).toMatchObject({ status: "completed", conclusion: "neutral", output: { annotations_count: 70 } });
  expect((await ask(`GET check-runs/${made.of("id")}/annotations?per_page=100`)).of(69, "message")).toBe("Line 19");
  expect((await ask(`GET commits/${sha}/check-runs?check_name=preview`)).body).toMatchObject({ total_count: 1, check_runs: [{ name: "preview", head_sha: sha }] });
  expect((await ask("POST check-runs", { name: "preview", head_sha: "main" })).status).toBe(422);
});

test("a commit is as good as the worst of its latest statuses", async () => {
  const { ask } = await openGitHub();
  const sha = "c".repeat(40);
  for (const [state, context] of [["failure", "drift"], ["success", "drift"], ["pending", "preview"]]) await ask(`POST statuses/${sha}`, { state, context });
  expect((await ask(`GET commits/${sha}/status`)).body).toMatchObject({ state: "pending", total_count: 2, statuses: [{ context: "preview" }, { context: "drift", state: "success" }] });
});

test.each<[string, string, object, string]>([
  ["a label of a colour that is none", "labels", { name: "x", color: "red" }, "invalid"],
  ["a title of blanks", "issues", { title: " " }, "missing_field"],
  ["a comment of blanks", "issues/1/comments", { body: " " }, "unprocessable"],
])("%s is refused", async (_, path, body, code) => {
  const { ask } = await openGitHub();
  await ask("POST issues", { title: "One" });
  const answer = await ask(`POST ${path}`, body);
  expect([answer.status, answer.of("errors", 0, "code")]).toEqual([422, code]);
});

test("a label may be of characters of four bytes", async () => {
  const { ask } = await openGitHub();
  expect((await ask("POST labels", { name: "🚀 ship", color: "ffffff" })).status).toBe(201);
  expect((await ask("GET labels/%F0%9F%9A%80%20ship")).of("name")).toBe("🚀 ship");
});

test("labels that are declared together are changed together", async () => {
  const { ask, declare, documents } = await openGitHub();
  const path = declare("IssueLabels", { repository: "shop", labels: [{ name: "bug", color: "d73a4a" }] });
  expect((await ask("PATCH labels/bug", { color: "000000" })).status).toBe(200);
  expect((await ask("POST labels", { name: "Bug", color: "ffffff" })).of("errors", 0, "code")).toBe("already_exists");
  await ask("POST labels", { name: "area/cart", color: "ffffff" });
  expect(documents.read(path)?.body["labels"]).toEqual([{ name: "area/cart", color: "ffffff" }, { name: "bug", color: "000000" }]);
  await ask("DELETE labels/bug");
  expect((await ask("GET labels")).body).toMatchObject([{ name: "area/cart" }]);
});
