import { local } from "./part.ts";
import type { MakePart } from "./part.ts";

/** Where the API server keeps its objects. */
export const etcd: MakePart = ({ ports }, program) => ({
  command: {
    program,
    args: [
      "--data-dir=data/etcd", "--log-level=warn",
      // A lab that loses its power loses nothing of worth; without this each write waits for the disk.
      "--unsafe-no-fsync",
      `--listen-client-urls=${local(ports.etcd)}`, `--advertise-client-urls=${local(ports.etcd)}`,
      `--listen-peer-urls=${local(ports.etcdPeer)}`, `--initial-advertise-peer-urls=${local(ports.etcdPeer)}`, `--initial-cluster=default=${local(ports.etcdPeer)}`,
    ],
    environment: {},
  },
  files: {},
  ready: local(ports.etcd, "/health"),
});
