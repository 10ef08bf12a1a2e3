/** Who is told of a rollout. Tokens stay out of the configuration: each names the environment variable of the driver that holds it. */
export interface NotifySettings {
  slack?: SlackNotify | undefined;
  issue?: IssueNotify | undefined;
  deployment?: DeploymentNotify | undefined;
  grafana?: GrafanaNotify | undefined;
}

export interface SlackNotify {
  /** Environment variable with the address of an incoming webhook. */
  webhook: string;
  /** `all`: each step. `problems`: rolled back, failed, or held because it had to be. */
  when: "all" | "problems";
}

/** An issue in the service's repository, one a rollout. */
export interface IssueNotify {
  /** Environment variable with a token that may write issues. */
  token: string;
  /** `problems`: opened with the first problem. `always`: opened at the start. */
  when: "problems" | "always";
  labels: string[];
}

/** A deployment of the service's repository with its statuses. */
export interface DeploymentNotify {
  /** Environment variable with a token that may write deployments. */
  token: string;
  environment: string;
  /** Branch, tag or commit that is shown as deployed where the driver does not run for a commit of the repository. */
  ref: string;
}

export interface GrafanaNotify {
  /** Web address without a slash at its end. */
  url: string;
  /** Environment variable with the token of a service account that may write annotations. */
  token: string;
}
