import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { authorityFile } from "../folder.ts";
import type { Lab } from "../folder.ts";
import { local } from "./part.ts";
import type { MakePart } from "./part.ts";

const KEY = "data/certificates/service-accounts.key";

/** The real API server: tokens, RBAC, Pod Security `restricted` wherever a namespace says nothing else. It signs its own certificate. */
export const apiServer: MakePart = (lab, program) => ({
  command: {
    program,
    args: [
      `--etcd-servers=${local(lab.ports.etcd)}`, "--bind-address=127.0.0.1", `--secure-port=${lab.ports.api}`, "--cert-dir=data/certificates",
      "--token-auth-file=data/certificates/tokens.csv", "--authorization-mode=RBAC", "--anonymous-auth=false",
      "--service-account-issuer=https://kubernetes.default.svc", `--service-account-key-file=${KEY}`, `--service-account-signing-key-file=${KEY}`,
      "--service-cluster-ip-range=10.96.0.0/16", "--endpoint-reconciler-type=none", "--admission-control-config-file=data/admission.yaml",
      "--enable-admission-plugins=NodeRestriction", "--profiling=false",
      // As in every cluster that runs system pods: it is Pod Security that says no.
      "--allow-privileged=true",
    ],
    // A server that lives for minutes collects its garbage seldom: a fifth less of the processor for half a gigabyte more.
    environment: { GOGC: "400" },
  },
  files: {
    "data/certificates/tokens.csv": `${lab.token},admin,admin,"system:masters"\n`,
    "data/admission.yaml": stringify(admission),
    kubeconfig: stringify(kubeconfig(lab)),
    // A new key would make every token of a service account invalid when the server starts again.
    ...(!existsSync(join(lab.folder, KEY)) && { [KEY]: signingKey() }),
  },
  ready: `https://127.0.0.1:${lab.ports.api}/readyz`,
});

const admission = {
  apiVersion: "apiserver.config.k8s.io/v1",
  kind: "AdmissionConfiguration",
  plugins: [{
    name: "PodSecurity",
    configuration: {
      apiVersion: "pod-security.admission.config.k8s.io/v1",
      kind: "PodSecurityConfiguration",
      defaults: { enforce: "restricted", "enforce-version": "latest", audit: "restricted", "audit-version": "latest", warn: "restricted", "warn-version": "latest" },
    },
  }],
};

function kubeconfig({ folder, ports, token }: Lab): object {
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "lab", cluster: { server: `https://127.0.0.1:${ports.api}`, "certificate-authority": authorityFile(folder) } }],
    users: [{ name: "admin", user: { token } }],
    contexts: [{ name: "lab", context: { cluster: "lab", user: "admin" } }],
    "current-context": "lab",
  };
}

function signingKey(): string {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }).toString();
}
