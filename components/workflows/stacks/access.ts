import { checkout, pinned } from "../kit/index.ts";
import type { Environment, RunStep, Step } from "../kit/index.ts";

const SCRIPTS = "components/workflows/scripts";
const TOKEN_FILE = "${{ runner.temp }}/cloud-token";
const KUBECONFIG = "${{ runner.temp }}/kubeconfig";

/** A command of the program's own scripts, which lie in the repository itself. */
export function ownScript(name: string): string {
  return `node ${SCRIPTS}/${name}`;
}

/** The program as the commit has it, with its packages. */
export function programSteps(): Step[] {
  return [
    checkout(),
    { name: "Set up Node", uses: pinned("actions/setup-node"), with: { "node-version": 24, "package-manager-cache": false } },
    { name: "Install the packages", run: "npm ci --no-audit --no-fund" },
  ];
}

/**
 * Lets the run sign in as itself: the cloud of the backend takes the run's own token for a role, and so does the cluster. No credential is stored;
 * what the environment's variables hold is no secret.
 */
export function signInStep(): RunStep {
  return {
    name: "Sign in as this run",
    run: ownScript("sign-in.mjs"),
    env: { TOKEN_FILE, KUBECONFIG, KUBE_CONFIG: "${{ vars.KUBE_CONFIG }}" },
    grants: { "id-token": ["write", "sign in to the backend and the cluster"] },
  };
}

/** What a command about a stack has in its environment. */
export function stackEnvironment(stack: string): Environment {
  return {
    STACK: stack,
    PULUMI_BACKEND_URL: "${{ vars.PULUMI_BACKEND_URL }}",
    PULUMI_CONFIG_PASSPHRASE: "${{ secrets.PULUMI_CONFIG_PASSPHRASE }}",
    AWS_REGION: "${{ vars.AWS_REGION }}",
    AWS_ROLE_ARN: "${{ vars.AWS_ROLE_ARN }}",
    AWS_WEB_IDENTITY_TOKEN_FILE: TOKEN_FILE,
    KUBECONFIG,
  };
}

/** GitHub's API takes no token of a run for other repositories, so a GitHub App stands for it: its key makes tokens of an hour. */
export function appTokenStep(): RunStep {
  return {
    name: "Get a token of the GitHub App",
    id: "app",
    run: ownScript("app-token.mjs"),
    env: { APP_ID: "${{ vars.SLIPWAY_APP_ID }}", APP_KEY: "${{ secrets.SLIPWAY_APP_KEY }}" },
  };
}

export const APP_TOKEN = "${{ steps.app.outputs.token }}";
