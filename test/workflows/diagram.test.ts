import { overviewDiagram, workflowDiagram } from "../../components/workflows/diagram.ts";
import type { WorkflowFile, WorkflowInputs } from "../../components/workflows/kit/index.ts";
import { triggersOf } from "../../components/workflows/triggers.ts";
import { repository } from "./repository.ts";

const { environments } = repository();

function workflow(changes: Partial<WorkflowInputs> = {}, file = "release.yml"): WorkflowFile {
  const step = { name: "Go", run: "true" };
  const document: WorkflowInputs = {
    name: "Release",
    on: { push: { tags: ["v*"] }, workflow_dispatch: {} },
    concurrency: "queue",
    jobs: {
      test: { name: "Test on ${{ matrix.os }}", timeoutMinutes: 5, steps: [step] },
      publish: { name: "Publish", needs: ["test"], environment: { name: "production", url: "https://shop.example.com" }, timeoutMinutes: 5, steps: [step] },
    },
    ...changes,
  };
  return { file, about: "Releases.", document };
}

/** What Mermaid would make of it: nodes by id with their labels, and edges. Anything else is not a flowchart of ours. */
function read(diagram: string): { nodes: Record<string, string>; edges: string[] } {
  const [head, ...lines] = diagram.split("\n");
  expect(head).toBe("flowchart LR");
  const nodes: Record<string, string> = {};
  const edges: string[] = [];
  for (const line of lines) {
    const [, id, label] = /^ {2}(\w+)(?:\(\["([^"]*)"\]\)|\["([^"]*)"\]|\{\{"([^"]*)"\}\})$/.exec(line)?.filter((part) => part !== undefined) ?? [];
    if (id !== undefined) nodes[id] = label ?? "";
    else {
      expect(line).toMatch(/^ {2}\w+ (-->|-\.->|-->\|calls\|) \w+$/);
      edges.push(line.trim());
    }
  }
  for (const end of edges.flatMap((edge) => edge.split(/ -\S+ /))) expect(Object.keys(nodes)).toContain(end);
  return { nodes, edges };
}

describe("workflowDiagram", () => {
  it("shows what starts a workflow, its jobs in their order, and the approvals that they wait for", () => {
    expect(read(workflowDiagram(workflow(), environments))).toEqual({
      nodes: { start: "tag v*<br/>by hand", job0: "Test on #60;os#62;", job1: "Publish", environment_production: "production<br/>1 reviewer (team release-team), 5 min wait" },
      edges: ["start --> job0", "job0 --> job1", "job1 -.-> environment_production"],
    });
  });

  it.each([`"] --> evil["x`, "`$(touch pwned)`", "<script>alert(1)</script>", "a\nend\nsubgraph b", "%%{init: {}}%%", "#quot;", "naïve 船 😀", "]]){{", "1. first", "- item", "* item"])("keeps the name %p inside its label", (name) => {
    const { nodes, edges } = read(workflowDiagram(workflow({ jobs: { "a-b": { name, timeoutMinutes: 1, steps: [{ name: "x", run: "true" }] } } }), environments));
    expect(Object.keys(nodes)).toEqual(["start", "job0"]);
    expect(nodes["job0"]?.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))).toBe(name.replace(/\s+/g, " "));
    expect(nodes["job0"]).not.toMatch(/[<>"`%[\]{}]|^(\d+\.|[-*]) /);
    expect(edges).toEqual(["start --> job0"]);
  });

  it("tells environments apart that differ in a sign alone", () => {
    const jobs = Object.fromEntries(["eu/west", "eu-west", "eu west"].map((environment, index) => [`deploy${index}`, { name: "Deploy", environment, timeoutMinutes: 1, steps: [{ name: "x", run: "true" }] }]));
    expect(Object.keys(read(workflowDiagram(workflow({ jobs }), {})).nodes)).toHaveLength(1 + 3 + 3);
  });
});

describe("overviewDiagram", () => {
  it("shows a trigger once, people where nothing else starts a workflow, who calls whom, and every environment once", () => {
    const smoke = workflow({ name: "Smoke", on: { workflow_call: {}, workflow_dispatch: {} } }, "smoke.yml");
    const caller = workflow({ name: "Deploy", jobs: { smoke: { name: "Smoke", uses: "./.github/workflows/smoke.yml", grants: {} } } }, "deploy.yml");
    const manual = workflow({ name: "Roll back", on: { workflow_dispatch: {} } }, "rollback.yml");
    expect(read(overviewDiagram([workflow(), smoke, caller, manual], environments))).toEqual({
      nodes: { start0: "tag v*", start1: "called by workflows", start2: "by hand", workflow0: "Release", workflow1: "Smoke", workflow2: "Deploy", workflow3: "Roll back", environment_production: "production<br/>1 reviewer (team release-team), 5 min wait" },
      edges: [
        "start0 --> workflow0",
        "start1 --> workflow1",
        "start0 --> workflow2",
        "start2 --> workflow3",
        "workflow2 -->|calls| workflow1",
        "workflow0 -.-> environment_production",
        "workflow1 -.-> environment_production",
        "workflow3 -.-> environment_production",
      ],
    });
  });
});

describe("triggersOf", () => {
  it.each<[WorkflowInputs["on"], string[]]>([
    [{ schedule: [{ cron: "0 2 * * *" }, { cron: "30 6 * * 1" }, { cron: "*/5 * * * *" }] }, ["daily at 02:00 UTC", "Mondays at 06:30 UTC", "cron */5 * * * * UTC"]],
    [{ push: { branches: ["main", "develop"], tags: ["v*"] } }, ["push to main, develop", "tag v*"]],
    [{ push: {} }, ["push"]],
    [{ pull_request: { branches: ["main"] }, release: { types: ["published"] } }, ["pull request to main", "release published"]],
    [{ workflow_run: { workflows: ["CI"], types: ["completed"] }, repository_dispatch: {} }, ["after CI", "repository dispatch"]],
  ])("says %j as %j", (on, texts) => {
    expect(triggersOf(on)).toEqual(texts);
  });
});
