// Says which of AREAS a change touches: `selected` is the list without their paths, `any` whether there is one.
// Without a commit to compare with (a run by hand, a new branch) it is all of them.
import { fail, optional, setOutput } from "./lib/actions.mjs";
import { matchesAny } from "./lib/globs.mjs";
import { output } from "./lib/process.mjs";

const areas = JSON.parse(optional("AREAS"));
const base = optional("BASE");
if (!/^([0-9a-f]{40})?$/.test(base)) fail(`BASE: is not a commit, got ${JSON.stringify(base.slice(0, 80))}; run it by hand, which checks everything`);
const files = base === "" || /^0+$/.test(base) ? undefined : output("git", "diff", "--name-only", "-z", "--no-renames", `${base}...HEAD`).split("\0");
const touched = ({ paths }) => files === undefined || files.some((file) => matchesAny(file, paths));

const selected = areas.filter(touched).map(({ paths: _, ...area }) => area);
console.log(selected.length > 0 ? `touched: ${selected.map(({ name }) => name).join(", ")}` : "nothing is touched");
setOutput("selected", JSON.stringify(selected));
setOutput("names", JSON.stringify(selected.map(({ name }) => name)));
setOutput("any", String(selected.length > 0));
