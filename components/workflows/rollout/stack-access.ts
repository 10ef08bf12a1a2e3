import { checkout, pinned } from "../kit/index.ts";
import type { ActionStep, Environment, Repository, Step } from "../kit/index.ts";

/** Where the stack that owns the traffic lies, and what its commands need. */
export interface StackAccess {
  /** `owner/name`. @default `slipway` of this repository's owner */
  repository?: string | undefined;
  /** Branch, tag or commit of it. */
  ref: string;
  /** The stack's name, such as production. */
  name: string;
  /** Secret with a token that may read that repository. @default absent: this run's own, which reads public ones */
  token?: string | undefined;
  /** Secret with the cluster's kubeconfig, plain or in base64. @default absent: the stack's own way */
  kubeConfig?: string | undefined;
  /** Environment variable of the commands → secret, such as PULUMI_CONFIG_PASSPHRASE. */
  secrets: Record<string, string>;
}

const FOLDER = "stack";

/** Brings the stack's program beside the repository's scripts, and what it needs to run. */
export function stackSteps(stack: StackAccess, { owner }: Repository): Step[] {
  const checkedOut = checkout({ ref: stack.ref });
  const program: ActionStep = {
    ...checkedOut,
    name: "Check out the stack",
    with: {
      repository: stack.repository ?? `${owner}/slipway`,
      ...checkedOut.with,
      path: FOLDER,
      ...(stack.token !== undefined && { token: `\${{ secrets.${stack.token} }}` }),
    },
  };
  return [
    checkout({ scriptsOnly: true }),
    program,
    { name: "Set up Node", uses: pinned("actions/setup-node"), with: { "node-version": 24, "package-manager-cache": false } },
    { name: "Install the stack's commands", run: "npm ci", workingDirectory: FOLDER },
  ];
}

/** What a step that calls the stack's commands has in its environment. */
export function stackEnvironment({ name, kubeConfig, secrets }: StackAccess): Environment {
  return {
    STACK: name,
    STACK_FOLDER: FOLDER,
    ...(kubeConfig !== undefined && { KUBE_CONFIG: `\${{ secrets.${kubeConfig} }}` }),
    ...Object.fromEntries(Object.entries(secrets).map(([variable, secret]) => [variable, `\${{ secrets.${secret} }}`])),
  };
}
