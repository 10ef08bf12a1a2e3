import { parse } from "yaml";
import { pipelinesOf } from "../components/workflows/families.ts";
import { table } from "../components/workflows/kit/actions-table.ts";
import { actionsOf, renderWorkflow } from "../components/workflows/kit/index.ts";
import { workflows } from "../settings/schema/workflows/index.ts";
import { laws } from "../test/workflows/laws.ts";
import { casesOf, families } from "../test/workflows/pairs/cases.ts";
import type { Case } from "../test/workflows/pairs/cases.ts";

/** So many documents of each family are read; test-long/workflows-judged.test.ts reads them all. */
const READ = 12;

const checkout = `- {name: Check out, uses: actions/checkout@${table["actions/checkout"].sha}, with: {persist-credentials: false}}`;
const good = `on: push
permissions: {}
concurrency: {group: a, cancel-in-progress: false}
jobs:
  a:
    name: A
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {contents: write}
    steps:
      - name: Check out
        uses: actions/checkout@${table["actions/checkout"].sha} # ${table["actions/checkout"].version}
        with: {persist-credentials: false}
      - {name: Run, run: node .github/scripts/notify.mjs}
`;

/** What a law refuses: the good workflow with one thing changed. */
const broken: Record<keyof typeof laws, [from: string | RegExp, to: string][]> = {
  "every action is pinned to the commit of the table, with its version beside it": [[/@[0-9a-f]{40}/, "@v7"], [/@[0-9a-f]{40}/, `@${"0".repeat(40)}`], [/ # v.*$/m, ""], [/ # v.*$/m, " # v1.0.0"]],
  "the workflow's own token may do nothing": [["permissions: {}", "permissions: {contents: read}"], ["permissions: {}\n", ""]],
  "every job says what its token may do": [["    permissions: {contents: write}\n", ""]],
  "every job ends by itself": [["    timeout-minutes: 5\n", ""]],
  "no expression stands inside a command": [["node .github/scripts/notify.mjs", '"echo ${{ github.actor }}"']],
  "no checkout leaves its token behind": [["persist-credentials: false", "persist-credentials: true"], ["{persist-credentials: false}", "{}"]],
  "a job that calls a script has checked out before": [[/ {6}- name: Check out\n.*\n.*\n/, ""]],
  "every script that is called is there": [["notify.mjs", "nobody-wrote-this.mjs"]],
  "nothing that publishes or deploys is cancelled half way": [
    ["cancel-in-progress: false", "cancel-in-progress: true"],
    ["cancel-in-progress: false", "cancel-in-progress: \"${{ github.event_name == 'pull_request' }}\""],
    ["    timeout-minutes: 5\n", "    timeout-minutes: 5\n    concurrency: {group: b, cancel-in-progress: true}\n"],
    [/cancel-in-progress: false([^]*)\{contents: write\}/, "cancel-in-progress: true$1{}\n    environment: production"],
  ],
  "every workflow queues or cancels in a group": [[/concurrency:.*\n/, ""]],
  "secrets are handed on one by one": [["    timeout-minutes: 5\n", "    timeout-minutes: 5\n    secrets: inherit\n"]],
  "every runner is GitHub's own": [["runs-on: ubuntu-24.04", "runs-on: self-hosted"], ["runs-on: ubuntu-24.04", "runs-on: [self-hosted, ubuntu-24.04]"], ["runs-on: ubuntu-24.04", 'runs-on: "${{ matrix.os }}"\n    strategy: {matrix: {os: [ubuntu-24.04, self-hosted]}}']],
  "every job and every step has a name": [["    name: A\n", ""], ["{name: Run, ", "{"]],
  "a job waits for jobs that are there": [["    timeout-minutes: 5\n", "    timeout-minutes: 5\n    needs: [b]\n"]],
  "a secret is in the one step that needs it": [["    timeout-minutes: 5\n", '    timeout-minutes: 5\n    env: {TOKEN: "${{ secrets.TOKEN }}"}\n']],
};

/** What a family breaks a law for, by its job. */
const exceptions: Partial<Record<string, Record<string, string>>> = {
  "nothing that publishes or deploys is cancelled half way": {
    "dependabotAutoMerge merge": "asks GitHub to merge later; the newer commit is asked for again, and its run cancels only what is out of date",
    "dockerBuild build": "pushes without a tag; what a cancelled run has pushed has no name and nobody gets it",
  },
};

describe("the laws themselves", () => {
  it.each(Object.entries(laws))("%s: holds for a good workflow", (_, law) => {
    expect(law(parse(good), good)).toEqual([]);
  });

  it.each(Object.entries(broken).flatMap(([name, changes]) => changes.map(([from, to]) => [name, to, from] as const)))("%s: refuses %j", (name, to, from) => {
    const bad = good.replace(from, to);
    expect(bad).not.toBe(good);
    expect(laws[name]?.(parse(bad), bad)).toHaveLength(1);
  });

  it("reads what people write in one line too", () => {
    expect(laws["every action is pinned to the commit of the table, with its version beside it"]?.(parse(good), `${good}      ${checkout.replace("- {name: Check out, uses", "- uses")}`)).toHaveLength(1);
  });
});

describe.each(families)("%s", (family) => {
  const { cases } = casesOf(family);
  const read = cases.filter((_, at) => at % Math.ceil(cases.length / READ) === 0);
  const texts = read.flatMap((each) => each.pipeline.workflows.map((workflow) => ({ each, text: renderWorkflow(workflow) })));

  it.each(Object.entries(laws))("%s", (name, law) => {
    expect(texts.flatMap(({ each, text }) => law(parse(text), text).filter((problem) => !excepted(name, family, problem)).map((problem) => `${problem}, of ${each.options}`))).toEqual([]);
  });

  it("makes the same bytes of the same options", () => {
    for (const each of read) expect(again(each)).toBe(each.pipeline.workflows.map(renderWorkflow).join(""));
  });
});

function excepted(law: string, family: string, problem: string): boolean {
  return exceptions[law]?.[`${family} ${problem}`] !== undefined;
}

function again({ family, options, repository }: Case): string {
  return pipelinesOf(workflows.parse({ [family]: JSON.parse(options) }), repository).flatMap(([, { workflows: made }]) => made.map(renderWorkflow)).join("");
}

describe("the exceptions", () => {
  it("are all needed", () => {
    const breaks = (family: string, law: string): string[] => casesOf(family).cases.flatMap(({ pipeline }) => pipeline.workflows.map(renderWorkflow)).flatMap((text) => laws[law]?.(parse(text), text) ?? []);
    for (const [law, entries = {}] of Object.entries(exceptions)) {
      for (const entry of Object.keys(entries)) {
        const [family = "", ...problem] = entry.split(" ");
        expect(breaks(family, law)).toContain(problem.join(" "));
      }
    }
  });
});

describe("the table of actions", () => {
  it("has nothing that no family uses", () => {
    const used = new Set(families.flatMap((family) => casesOf(family).cases.flatMap(({ pipeline }) => pipeline.workflows.flatMap(({ document }) => actionsOf(document)))));
    expect(Object.keys(table).filter((action) => !used.has(action))).toEqual([]);
  });
});
