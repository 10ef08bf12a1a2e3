// Starts this very workflow once more with the same inputs: for work that takes longer than a runner may.
import { readFileSync } from "node:fs";
import { fail, input, summary } from "./lib/actions.mjs";
import { api, repo } from "./lib/github.mjs";

const [, workflow] = /\/\.github\/workflows\/([\w.-]+\.ya?ml)@/.exec(input("GITHUB_WORKFLOW_REF", /./, "the path of a workflow")) ?? fail("GITHUB_WORKFLOW_REF: names no workflow of this repository");
const ref = input("GITHUB_REF_NAME", /^(?!-)[^\s~^:?*[\\\p{Cc}]{1,244}$/u, "a branch or tag");
const { inputs } = JSON.parse(readFileSync(input("GITHUB_EVENT_PATH", /./, "a file"), "utf8"));

await api("POST", `${repo()}/actions/workflows/${workflow}/dispatches`, { ref, inputs: inputs ?? {} }).catch((error) => fail(`${workflow} was not started again: ${error.message}`));
summary("The rollout takes longer than one run may: another run goes on with it.");
