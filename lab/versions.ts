/** What the lab is made of; the folders under modules/ pin every source file of what is built with Go. */
export const labVersions = {
  etcd: "3.7.3",
  kubernetes: "1.36.3",
  istio: "1.31.1",
  envoy: "1.40.0",
  definitions: "1",
  prometheus: "debian",
} as const;

export type Bundle = keyof typeof labVersions;
