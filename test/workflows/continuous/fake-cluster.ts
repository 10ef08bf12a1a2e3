import { digestOf } from "./images.ts";
import type { ScriptRoom } from "../script-room.ts";

/** A cluster in a folder: every revision is a file with its image, `current` is the number of the one that runs. */
export interface FakeCluster {
  /** The image that runs now. */
  running(): string;
  /** What kubectl and helm were called with, in order. */
  calls(): string[];
  /** `600 <text>` of the kubeconfig as each call found it. */
  kubeConfigs(): string[];
  /** The environment that the fakes need. */
  env: Record<string, string>;
}

const COMMON = String.raw`
echo "$(basename "$0") $*" >> "$CLUSTER/calls"
[[ ! -f "$KUBECONFIG" ]] || echo "$(stat -c %a "$KUBECONFIG") $(xargs < "$KUBECONFIG")" >> "$CLUSTER/kubeconfigs"
[[ -z "${"${GITHUB_TOKEN:-}"}${"${KUBE_CONFIG:-}"}" ]] || { echo "a credential leaked into the tool's environment" >&2; exit 70; }
current() { cat "$CLUSTER/current"; }
image() { cat "$CLUSTER/revision-$(current)"; }
become() { local next=$(( $(ls "$CLUSTER" | grep -c ^revision-) + 1 )); echo "$1" > "$CLUSTER/revision-$next"; echo "$next" > "$CLUSTER/current"; }
ready() { [[ "$(image)" != *"${digestOf("broken")}"* ]] || { echo "error: timed out waiting for the condition" >&2; exit 1; }; }
shift 2 # --namespace shop
`;

const KUBECTL = String.raw`${COMMON}
case "$1 $2" in
  "get --raw") [[ "$(image)" != *"${digestOf("sick")}"* ]] || { echo "Error from server (ServiceUnavailable)" >&2; exit 1; } ;;
  "get deployment/shop") [[ -f "$CLUSTER/current" ]] || { echo 'Error from server (NotFound): deployments.apps "shop" not found' >&2; exit 1; }; current ;;
  "set image") become "${"${4#*=}"}" ;;
  "rollout status") echo "::error::forged by a pod"; [[ -z "${"${SLOW:-}"}" ]] || { touch "$CLUSTER/waiting"; sleep 30; }; ready ;;
  "rollout undo") become "$(cat "$CLUSTER/revision-${"${4#--to-revision=}"}")" ;;
  *) echo "unexpected: $*" >&2; exit 64 ;;
esac
`;

const HELM = String.raw`${COMMON}
case "$1" in
  list) [[ -f "$CLUSTER/current" ]] && echo '[{"name":"shop"}]' || echo '[]' ;;
  history) echo '[{"revision":1,"status":"superseded"},{"revision":'"$(current)"',"status":"deployed"},{"revision":9,"status":"failed"}]' ;;
  upgrade) become "$*"; ready ;;
  rollback) become "$(cat "$CLUSTER/revision-$3")" ;;
  *) echo "unexpected: $*" >&2; exit 64 ;;
esac
`;

/** Puts a kubectl and a helm on the scripts' PATH whose cluster runs the image; without one it is empty. */
export function fakeCluster(room: ScriptRoom, image?: string): FakeCluster {
  room.program("kubectl", `#!/usr/bin/env bash\nset -euo pipefail\n${KUBECTL}`);
  room.program("helm", `#!/usr/bin/env bash\nset -euo pipefail\n${HELM}`);
  room.write("cluster/calls", "");
  if (image !== undefined) {
    room.write("cluster/revision-1", `${image}\n`);
    room.write("cluster/current", "1\n");
  }
  const lines = (name: string): string[] => (room.exists(name) ? room.read(name).trimEnd().split("\n") : []);
  return {
    running: () => room.read(`cluster/revision-${room.read("cluster/current").trim()}`).trim(),
    calls: () => lines("cluster/calls").filter((line) => line !== ""),
    kubeConfigs: () => lines("cluster/kubeconfigs"),
    env: { CLUSTER: room.path("cluster"), KUBE_CONFIG: Buffer.from("apiVersion: v1\nkind: Config\n").toString("base64") },
  };
}
