// Starts a workflow of this repository: what GITHUB_TOKEN pushes or publishes starts nothing by itself.
import { fail, input, optional, summary } from "./lib/actions.mjs";
import { api, repo } from "./lib/github.mjs";
import { plain } from "./lib/markdown.mjs";

const workflow = input("WORKFLOW", /^[\w.-]+\.ya?ml$/, "the name of a workflow's file");
const ref = input("REF", /^(?!-)[\w./+-]{1,200}$/, "a branch or tag");
const name = optional("INPUT") && input("INPUT", /^[A-Za-z_][\w-]*$/, "the name of an input");
const inputs = name === "" ? {} : { [name]: input("VALUE", /^[\w.+-]{1,100}$/, "a version") };

await api("POST", `${repo()}/actions/workflows/${workflow}/dispatches`, { ref, inputs }).catch((error) => fail(`${workflow} was not started on ${ref}: ${error.message}`));
summary(`Started ${plain(workflow)} on ${plain(ref)}${name && ` with ${plain(`${name}=${inputs[name]}`)}`}.`);
