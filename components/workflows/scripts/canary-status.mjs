// Which revision is the candidate, and is it the version that people mean? Asks the stack's `status` command.
import { execFileSync } from "node:child_process";
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { table } from "./lib/markdown.mjs";
import { credentials } from "./lib/rollout-call.mjs";

const service = input("SERVICE", /^[a-z][a-z0-9-]*$/, "the name of a service");
const stack = input("STACK", /^[A-Za-z0-9][A-Za-z0-9._/-]*$/, "the name of a stack");
const image = input("IMAGE", /^[a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64}$/, "an image with its digest");

const { candidate, stable } = status();
if (!candidate) fail(`${service} has no candidate: deploy a canary first`);
if (!/^[a-z0-9][a-z0-9.-]{0,62}$/.test(candidate.revision ?? "")) fail("the stack's status names no revision of the candidate");
// The driver may have been given the tag: what counts is the digest behind it.
if (digest(candidate.image) !== digest(image)) fail(`the candidate is ${candidate.image}, and not ${image}: promote the version that is being tried`);
summary(table(["", "Revision", "Image", "Weight"], [["Candidate", candidate.revision, candidate.image, `${candidate.weight} %`], ["Stable", stable?.revision ?? "–", stable?.image ?? "–", `${stable?.weight ?? 0} %`]]));
setOutput("revision", candidate.revision);
setOutput("weight", candidate.weight);

function status() {
  const { env, done } = credentials();
  try {
    const text = execFileSync("npm", ["run", "--silent", "slipway", "--", "status", service, "--stack", stack, "--json"], { cwd: optional("STACK_FOLDER") || "stack", env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    return JSON.parse(text) ?? {};
  } catch (error) {
    return fail(`the stack's status could not be read: ${error.status === undefined ? error.message : `it exited with ${error.status}`}`);
  } finally {
    done();
  }
}

function digest(reference) {
  return /@(sha256:[0-9a-f]{64})$/.exec(String(reference))?.[1] ?? String(reference);
}
