// kubectl and helm with the kubeconfig of a secret: how each changes what runs, and how it goes back.
import { spawn } from "node:child_process";
import { fail, input, optional, stopCommands } from "./actions.mjs";
import { credentials } from "./rollout-call.mjs";

const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const REFERENCE = /^[a-z0-9][a-z0-9._:/-]*@(sha256:[0-9a-f]{64})$/;
const TAG = /^\w[\w.-]{0,127}$/;
const VALUE = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/;

/**
 * Runs `work` with a way to the cluster, and takes its kubeconfig away however that ends, a cancelled run included.
 * @param {(cluster: ReturnType<typeof clusterOf>) => Promise<void>} work
 */
export async function withCluster(work) {
  if (optional("KUBE_CONFIG").trim() === "") fail("KUBE_CONFIG: is empty; give the environment its secret with the kubeconfig");
  const { env, done } = credentials();
  const children = new Map();
  process.on("exit", () => {
    done();
    for (const resume of children.values()) resume();
  });
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      for (const child of children.keys()) child.kill(signal);
      process.exit(130);
    });
  }
  await work(clusterOf(env, children)).catch((error) => fail(error.message));
}

function clusterOf(env, children) {
  const call = (program, args, print) => called(program, args, { env, children, print });
  const namespace = input("NAMESPACE", NAME, "a namespace");
  const timeout = `--timeout=${input("ROLLOUT_SECONDS", /^\d{1,4}$/, "seconds")}s`;
  const tools = {
    kubectl: (...args) => call("kubectl", ["--namespace", namespace, ...args], false),
    showKubectl: (...args) => call("kubectl", ["--namespace", namespace, ...args], true),
    helm: (...args) => call("helm", ["--namespace", namespace, ...args], false),
    showHelm: (...args) => call("helm", ["--namespace", namespace, ...args], true),
  };
  const kind = input("KIND", /^(kubectl|helm)$/, "kubectl or helm");
  return { ...tools, ...(kind === "kubectl" ? kubectl(tools, timeout) : helm(tools, timeout)) };
}

function kubectl({ kubectl, showKubectl }, timeout) {
  const workload = `deployment/${input("WORKLOAD", NAME, "the name of a Deployment")}`;
  return {
    what: workload,
    previous: () => kubectl("get", workload, "--output", String.raw`jsonpath={.metadata.annotations.deployment\.kubernetes\.io/revision}`),
    async change() {
      await showKubectl("set", "image", workload, `${input("CONTAINER", NAME, "the name of a container")}=${input("IMAGE", REFERENCE, "an image with its digest")}`);
      await showKubectl("rollout", "status", workload, timeout);
    },
    async undo(revision) {
      await showKubectl("rollout", "undo", workload, `--to-revision=${revision}`);
      await showKubectl("rollout", "status", workload, timeout);
    },
  };
}

function helm({ helm, showHelm }, timeout) {
  const release = input("RELEASE", NAME, "the name of a release");
  return {
    what: `release ${release}`,
    async previous() {
      const known = JSON.parse(await helm("list", "--deployed", "--failed", "--pending", "--filter", `^${release.replaceAll(".", String.raw`\.`)}$`, "--output", "json"));
      if (known.length === 0) return "";
      const good = JSON.parse(await helm("history", release, "--max", "50", "--output", "json")).filter(({ status }) => status === "deployed").at(-1);
      return good === undefined ? "" : String(good.revision);
    },
    change: () => showHelm("upgrade", "--install", release, `./${input("CHART", /^(?!.*\.\.)[\w.@/-]+$/, "the folder of a chart")}`, "--wait", timeout, ...helmValues()),
    undo: (revision) => showHelm("rollback", release, revision, "--wait", timeout),
  };
}

// As JSON, so that no value can begin another one, and a number stays a number.
function helmValues() {
  const [, digest] = REFERENCE.exec(input("IMAGE", REFERENCE, "an image with its digest"));
  const own = {
    ...JSON.parse(optional("VALUES") || "{}"),
    [input("TAG_VALUE", VALUE, "the path of a value")]: input("TAG", TAG, "the tag of an image"),
    ...(optional("DIGEST_VALUE") && { [input("DIGEST_VALUE", VALUE, "the path of a value")]: digest }),
  };
  return Object.entries(own).flatMap(([path, value]) => ["--set-json", `${path}=${JSON.stringify(value)}`]);
}

function called(program, args, { env, children, print }) {
  // What a chart or a pod says is text: no line of it becomes a command of the runner.
  const child = spawn(program, args, { env, stdio: ["ignore", print ? "inherit" : "pipe", "inherit"] });
  children.set(child, print ? stopCommands() : () => {});
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk) => (text += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`${program} could not be started: ${error.message}`)));
    child.on("close", (code) => {
      children.get(child)();
      children.delete(child);
      if (code === 0) resolve(text.trimEnd());
      else reject(new Error(`${program} ${args.slice(2, 4).join(" ")} failed with exit code ${code}; see what it said above`));
    });
  });
}
