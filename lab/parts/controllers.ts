import { kubeconfigFile } from "../folder.ts";
import type { MakePart } from "./part.ts";

/** What the lab needs of Kubernetes' own controllers: pods for Deployments, their status, and the end of what is deleted. */
const CONTROLLERS = [
  "deployment-controller", "replicaset-controller", "horizontal-pod-autoscaler-controller", "disruption-controller", "resourcequota-controller",
  "serviceaccount-controller", "namespace-controller", "garbage-collector-controller", "job-controller", "cronjob-controller",
];

/** The real controller manager. It listens nowhere. */
export const controllers: MakePart = ({ folder }, program) => ({
  command: {
    program,
    args: [
      `--kubeconfig=${kubeconfigFile(folder)}`, `--controllers=${CONTROLLERS.join(",")}`, "--leader-elect=false", "--secure-port=0",
      "--service-account-private-key-file=data/certificates/service-accounts.key", "--kube-api-qps=200", "--kube-api-burst=400",
    ],
    environment: {},
  },
  files: {},
  ready: undefined,
});
