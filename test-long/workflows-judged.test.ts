import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { pipelineFiles, planPipelines } from "../components/delivery/pipelines.ts";
import { renderWorkflow } from "../components/workflows/kit/index.ts";
import { sectionsSchema } from "../settings/schema/settings.ts";
import { casesOf, families } from "../test/workflows/pairs/cases.ts";
import { command } from "../toolchain/command.ts";
import { ensureJudges } from "../toolchain/judges.ts";

/** What rules of the families exclude; a pair that is in no document must be one of these. */
const excluded = [
  /: names one twice; name each once$/,
  /^semanticRelease\.branches: has no branch for releases; /,
  /^enhancedSmokeTests\.targets: names nothing to test; /,
  /^service: names no service, and 2 are built from this repository; /,
  /^services\.1\.name: names checkout, which is not built from this repository; /,
];

const root = dirname(import.meta.dirname);
const folder = mkdtempSync(join(tmpdir(), "slipway-judged-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Findings of one judge, by file below the folder. */
type Findings = { file: string; text: string }[];

/** Writes texts as the workflows of repositories: one folder a text, since judges know exceptions by the file's own name. */
function write(home: string, file: string, text: string): void {
  const path = join(folder, home, ".github", "workflows", file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function files(home: string): string[] {
  return readdirSync(join(folder, home), { recursive: true }).map((path) => join(folder, home, String(path))).filter((path) => path.endsWith(".yml"));
}

async function actionlint(home: string): Promise<Findings> {
  const [program, shellcheck] = await ensureJudges(["actionlint", "shellcheck"]);
  const found: Findings = [];
  const all = files(home);
  // Called workflows are looked up below a folder with .git in it.
  mkdirSync(join(folder, home, ".git"), { recursive: true });
  for (let at = 0; at < all.length; at += 200) {
    const done = await command(program, ["-shellcheck", shellcheck, "-pyflakes=", "-format", "{{json .}}", ...all.slice(at, at + 200)], { folder: join(folder, home) });
    if (done.code > 1) throw new Error(done.stderr);
    const said: { filepath: string; line: number; message: string; snippet: string }[] = JSON.parse(done.stdout);
    found.push(...said.map(({ filepath, line, message, snippet }) => ({ file: filepath, text: `actionlint: line ${line}: ${message}\n${snippet}` })));
  }
  return found;
}

async function zizmor(home: string): Promise<Findings> {
  const [program] = await ensureJudges(["zizmor"]);
  const done = await command(program, ["-q", "--offline", "--no-progress", "--no-exit-codes", "--persona=pedantic", "--format=json", "--config", join(import.meta.dirname, "workflows", "zizmor.yml"), ...files(home)]);
  if (done.code !== 0) throw new Error(done.stderr);
  const said: { ident: string; desc: string; locations: { symbolic: { key: { Local?: { given_path?: string; verbatim_path?: string } }; annotation: string }; concrete: { location: { start_point: { row: number } }; feature: string } }[] }[] = JSON.parse(done.stdout);
  return said.map(({ ident, desc, locations }) => {
    const place = locations.at(-1);
    const local = place?.symbolic.key.Local;
    return { file: local?.given_path ?? local?.verbatim_path ?? "", text: `zizmor ${ident}: ${desc}, line ${(place?.concrete.location.start_point.row ?? 0) + 1}\n${place?.concrete.feature}` };
  });
}

async function judged(home: string): Promise<Findings> {
  return [...(await actionlint(home)), ...(await zizmor(home))];
}

describe("the judges of the judges", () => {
  it("find what is wrong with a bad workflow", async () => {
    write("bad", "bad.yml", 'name: Bad\non: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - run: echo ${{ github.event.pull_request.title }} $(ls *.x | grep $y)\n      - run: echo ${{ nothing.at.all }}\n');
    const found = await judged("bad");
    const text = found.map((each) => each.text).join("\n");
    expect(text).toMatch(/actionlint: line 9: undefined variable "nothing"/);
    expect(text).toMatch(/actionlint: line 8: shellcheck reported issue/);
    for (const rule of ["unpinned-uses", "dangerous-triggers", "template-injection", "artipacked", "excessive-permissions"]) expect(text).toContain(`zizmor ${rule}`);
    expect(new Set(found.map(({ file }) => file.replace(/.*\//, "")))).toEqual(new Set(["bad.yml"]));
  });
});

describe("every workflow that the settings can ask for", () => {
  const madeOf = new Map<string, string>();
  const seen = new Map<string, string>();

  it.each(families)("%s: every pair of choices is in a document", (family) => {
    const { cases, refused, missing } = casesOf(family);
    expect(cases.length).toBeGreaterThan(0);
    expect(missing).toHaveLength(refused.length);
    expect(refused.filter(({ reason }) => !excluded.some((known) => known.test(reason)))).toEqual([]);
    for (const [at, { options, pipeline }] of cases.entries()) {
      const texts = pipeline.workflows.map((workflow) => [workflow.file, renderWorkflow(workflow)] as const);
      const whole = texts.map(([, text]) => text).join("");
      if (seen.has(whole)) continue;
      seen.set(whole, family);
      for (const [file, text] of texts) write(`pairs/${family}-${at}`, file, text);
      madeOf.set(`${family}-${at}`, options);
    }
  });

  it("has no finding by actionlint, shellcheck or zizmor that is not listed with its reason", async () => {
    const found = await judged("pairs");
    const told = found.map(({ file, text }) => {
      const [, home = ""] = /([^/]+)\/\.github\/workflows\/[^/]+$/.exec(file) ?? [];
      return `${file.replace(`${folder}/pairs/`, "")}: ${text}\n  made of ${madeOf.get(home)}`;
    });
    expect(told).toEqual([]);
  });
});

describe("every workflow of the stacks", () => {
  it.each(["sandbox", "staging", "production"])("%s has no finding", async (stack) => {
    const { config } = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8"));
    const sections = sectionsSchema.parse({ repositories: config["slipway:repositories"], namespaces: config["slipway:namespaces"], services: config["slipway:services"] });
    const own = Object.entries(sections.repositories ?? {}).flatMap(([name, settings]) => {
      if (settings.existing) return [];
      const made = pipelineFiles(planPipelines(config["github:owner"], name, settings, sections.services ?? {}), settings.community);
      return Object.entries(made).filter(([path]) => path.startsWith(".github/workflows/")).map(([path, text]) => ({ name, file: path.replace(/.*\//, ""), text }));
    });
    if (stack === "sandbox") expect(new Set(own.map(({ name }) => name)).size).toBe(5);
    mkdirSync(join(folder, stack), { recursive: true });
    for (const { name, file, text } of own) write(`${stack}/${name}`, file, text);
    expect(own.length === 0 ? [] : await judged(stack)).toEqual([]);
  });
});

describe("this repository's own workflows", () => {
  it("have no finding", async () => {
    const texts = readdirSync(join(root, ".github", "workflows"));
    for (const file of texts) write("own", file, readFileSync(join(root, ".github", "workflows", file), "utf8"));
    expect(texts).toHaveLength(6);
    expect(await judged("own")).toEqual([]);
  });
});

describe("the list of exceptions", () => {
  it("names files one by one, each under a reason", () => {
    const text = readFileSync(join(import.meta.dirname, "workflows", "zizmor.yml"), "utf8");
    const { rules }: { rules: Record<string, { ignore: string[] }> } = parse(text);
    for (const [rule, settings] of Object.entries(rules)) {
      expect([rule, Object.keys(settings)]).toEqual([rule, ["ignore"]]);
      for (const entry of settings.ignore) expect(entry).toMatch(/^[a-z0-9-]+\.yml(:\d+)?$/);
    }
    const lists = text.split(/^ {4}ignore:\n/m).slice(1);
    for (const list of lists) expect(list).toMatch(/^ {6}# .{20,}/);
  });
});
